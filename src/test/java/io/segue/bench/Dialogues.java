package io.segue.bench;

import io.segue.policy.Shadow.PastCall;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Made-up calls, the same ones for the same seed: turns of 5 to 25 words, caller and agent in turn, 30 intents, moods and confidences of every kind. */
final class Dialogues {
    static final int INTENTS = 30;
    static final String[] WORDS =
            ("i you the a to my your and is of it for me have on can what in that please account payment card"
                            + " refund order delivery address money charge cancel change number yes no thank help need want bank"
                            + " transfer balance bill invoice date today tomorrow week month wrong never again still waiting")
                    .split(" ");
    private static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");

    private final Random random;

    Dialogues(long seed) {
        random = new Random(seed);
    }

    PastCall call(int number, int turns) {
        List<Turn> said = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            said.add(turn(i, i % 2 == 0 ? Speaker.CALLER : Speaker.AGENT));
        }
        return new PastCall("call-" + number, BEGIN.plusSeconds(97L * number), said, null);
    }

    private Turn turn(int i, Speaker speaker) {
        boolean caller = speaker == Speaker.CALLER;
        return new Turn(
                "t" + i,
                speaker,
                sentence(),
                caller ? "intent_" + random.nextInt(INTENTS) : null,
                caller ? 1 - Math.abs(random.nextGaussian()) * 0.1 % 1 : null,
                caller ? Math.clamp(random.nextGaussian() * 0.3, -1, 1) : null,
                random.nextInt(4) == 0 ? "de" : "en-GB",
                random.nextInt(3) == 0 ? Map.of("amount", random.nextInt(1_000)) : Map.of(),
                i * 6_000L,
                i * 6_000L + 4_000,
                false);
    }

    private String sentence() {
        StringBuilder text = new StringBuilder();
        for (int words = 5 + random.nextInt(21); words > 0; words--) {
            text.append(text.isEmpty() ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.append('.').toString();
    }
}
