package io.segue.flow;

import io.segue.call.Call;
import io.segue.flow.contact.ContactSide;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.leg.Negotiation;
import io.segue.flow.media.LegEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a call beside its own state: who calls, when it began and ended, what was measured on its legs. Used on the call's thread. */
final class CallFacts {
    private final Caller shown;
    private final String node;
    private final long born;
    private final long bornWall;
    private final Map<String, LegEvent.Measure> measures = new HashMap<>();
    private @Nullable Long endedAt;
    private @Nullable String endReason;

    /** @param shown the caller as records and people are shown it */
    CallFacts(Caller shown, Outside outside) {
        this.shown = shown;
        this.node = outside.settings().node();
        this.born = outside.nanos().getAsLong();
        this.bornWall = outside.wallMillis().getAsLong();
    }

    /** By the monotonic clock. */
    long born() {
        return born;
    }

    Instant bornAt() {
        return Instant.ofEpochMilli(bornWall);
    }

    BigDecimal wall(long nanos) {
        return BigDecimal.valueOf(bornWall * 1000 + Math.round((nanos - born) / 1e3), 3);
    }

    /** What the caller heard when it was switched to a handoff's human; the first counts. */
    void measured(String handoff, LegEvent.Measure measure) {
        measures.putIfAbsent(handoff, measure);
    }

    void ended(long nanos, String why) {
        endedAt = nanos;
        endReason = why;
    }

    CallDocuments.Facts of(
            Call call,
            CallerSide caller,
            HumanSide humans,
            SupervisorSide supervisor,
            ContactSide.Known contact,
            RecordingSide recording) {
        List<LegRecord> legs = new ArrayList<>();
        Negotiation negotiation = caller.negotiation();
        legs.add(new LegRecord(
                "caller",
                null,
                shown.sipCallId(),
                caller.dialog().orElse(null),
                negotiation.agreement(),
                negotiation.local(),
                caller.media().timeline()));
        call.handoffs().forEach(handoff -> legs.addAll(humans.legs(handoff)));
        legs.addAll(supervisor.legs());
        return new CallDocuments.Facts(
                shown,
                node,
                this::wall,
                born,
                endedAt,
                endReason,
                Map.copyOf(measures),
                legs,
                contact,
                supervisor.latest().orElse(null),
                recording.document(this::wall));
    }
}
