package io.segue.policy;

import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One turn while a rule book looks at it: what several rules want to know is found out once, and only if one of them asks. */
final class Moment {
    private final Turn turn;
    private final History history;
    private final Instant at;
    private final Phrasebook phrasebook;
    private @Nullable BitSet phrases;
    private @Nullable Map<ZoneId, LocalDateTime> local;

    /** @param history with the turn in it */
    Moment(Turn turn, History history, Instant at, Phrasebook phrasebook) {
        this.turn = turn;
        this.history = history;
        this.at = at;
        this.phrasebook = phrasebook;
    }

    Turn turn() {
        return turn;
    }

    History history() {
        return history;
    }

    boolean says(BitSet oneOf) {
        if (phrases == null) {
            phrases = turn.speaker() == Speaker.CALLER ? phrasebook.in(history.words()) : new BitSet();
        }
        return phrases.intersects(oneOf);
    }

    LocalDateTime in(ZoneId zone) {
        if (local == null) {
            local = new HashMap<>();
        }
        return local.computeIfAbsent(zone, z -> LocalDateTime.ofInstant(at, z));
    }
}
