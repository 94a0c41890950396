package io.segue.flow;

import io.segue.call.Call;
import io.segue.handoff.Clock;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Writes a call down, and tells those who watch. Nothing here is waited for. Used on the call's thread. */
final class CallRecorder {
    private final Outside outside;
    private long version;

    CallRecorder(Outside outside) {
        this.outside = outside;
    }

    /** Whether there is anything in a step that another gateway, or somebody who watches, wants to know. */
    static boolean isNews(Call before, Call after) {
        return before.stage() != after.stage()
                || before.link() != after.link()
                || before.turns() != after.turns()
                || before.handoffs() != after.handoffs();
    }

    void save(Call call, CallDocuments.Facts facts) {
        outside.store()
                .save(new CallStore.CallRecord(
                        call.id().hex(),
                        outside.settings().node(),
                        0,
                        ++version,
                        facts.legs().stream()
                                .map(CallDocuments.Leg::sipCallId)
                                .distinct()
                                .toList(),
                        call.stage() == Call.Stage.ENDED,
                        CallDocuments.call(call, facts)));
    }

    void began(Call call) {
        outside.counters().answered.increment();
        publish(
                "call.answered",
                call,
                Map.of(
                        "from",
                        call.from(),
                        "to",
                        call.to(),
                        "agent",
                        call.agent().id()));
    }

    void ended(Call call, CallDocuments.Facts facts) {
        String reason = facts.endReason();
        publish("call.ended", call, Map.of("detail", reason == null ? "" : reason));
        outside.webhooks().post("call", CallDocuments.call(call, facts));
    }

    /** Stages and turns that a step brought. */
    void changed(Call before, Call after) {
        for (int i = before.turns().size(); i < after.turns().size(); i++) {
            publish(
                    "turn",
                    after,
                    Map.of("turn", CallDocuments.turn(after.turns().get(i))));
        }
        if (before.stage() != after.stage()) {
            publish("call.state", after, Map.of("state", after.stage().name().toLowerCase(Locale.ROOT)));
        }
    }

    /** How a handoff stands now. */
    void handoff(Call call, Handoff handoff, HandoffState state, CallDocuments.Facts facts) {
        Reason how = handoff.ended();
        if (state == HandoffState.CONNECTED) {
            outside.observer().ended(handoff.reason(), Reason.CONNECTED);
            connected(handoff, facts);
        } else if (how != null && handoff.clock().t4() == null) {
            outside.observer().ended(handoff.reason(), how);
        }
        Map<String, Object> shown = CallDocuments.handoff(handoff, facts);
        publish("handoff", call, Map.of("handoff", shown));
        outside.webhooks().post("handoff", Map.of("call", call.id().hex(), "handoff", shown));
    }

    private void connected(Handoff handoff, CallDocuments.Facts facts) {
        Clock clock = handoff.clock();
        Long t2 = clock.t2();
        Long tc = clock.tc();
        Long t4 = clock.t4();
        LegEvent.Measure measure = facts.measures().getOrDefault(handoff.id(), LegEvent.Measure.NONE);
        if (t2 != null && tc != null && t4 != null) {
            outside.observer()
                    .connected((t4 - Math.max(t2, tc)) / 1e6, measure.deadAirNanos() / 1e6, measure.gapNanos() / 1e6);
        }
    }

    /** The context goes out before the human's phone is told to ring. */
    void context(Call call, CallDocuments.Facts facts, String human) {
        save(call, facts);
        Map<String, Object> context = new LinkedHashMap<>(CallDocuments.context(call, facts));
        context.put("human", human);
        outside.webhooks().post("context", context);
        publish("context", call, Map.of("human", human, "context", context));
    }

    private void publish(String type, Call call, Map<String, Object> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("call", call.id().hex());
        event.putAll(data);
        outside.events().publish(type, event);
    }
}
