package io.segue.flow;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.call.Call;
import io.segue.call.Supervision;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.LegEvent;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.TextDocuments;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailbox;
import io.segue.handoff.Attempt;
import io.segue.handoff.Clock;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call down, and tells those who watch. Nothing here is waited for, and it stays out of a handoff's way: what a step brings is kept for
 * {@value #TELL_AFTER_MS} ms and then told in order, by when a human who stands by has the caller. Used on the call's thread.
 */
final class CallRecorder {
    private static final int TELL_AFTER_MS = 5;

    private final Outside outside;
    private final Mailbox mailbox;
    private final Supplier<Call> call;
    private final Supplier<CallDocuments.Facts> facts;
    private final List<Consumer<CallDocuments.Facts>> untold = new ArrayList<>();
    private CallThread.@Nullable Timer telling;
    private boolean unsaved;
    private long version;
    private @Nullable String lastRequested;

    /**
     * @param call as it is now
     * @param facts as they are now
     */
    CallRecorder(Outside outside, Mailbox mailbox, Supplier<Call> call, Supplier<CallDocuments.Facts> facts) {
        this.outside = outside;
        this.mailbox = mailbox;
        this.call = call;
        this.facts = facts;
    }

    /** Whether there is anything in a step that another gateway, or somebody who watches, wants to know. */
    static boolean isNews(Call before, Call after) {
        return before.stage() != after.stage()
                || before.link() != after.link()
                || before.turns() != after.turns()
                || before.handoffs() != after.handoffs();
    }

    private void later(Consumer<CallDocuments.Facts> news) {
        untold.add(news);
        if (telling == null) {
            telling = mailbox.thread().schedule(TELL_AFTER_MS, () -> mailbox.guarded(this::tell));
        }
    }

    /** Tells what has been kept, and writes the call down as it is now. */
    private void tell() {
        if (telling != null) {
            telling.cancel();
            telling = null;
        }
        CallDocuments.Facts now = facts.get();
        List<Consumer<CallDocuments.Facts>> news = List.copyOf(untold);
        untold.clear();
        news.forEach(one -> one.accept(now));
        if (unsaved) {
            save(call.get(), now);
        }
    }

    private void save(Call call, CallDocuments.Facts facts) {
        unsaved = false;
        outside.store()
                .save(new CallStore.CallRecord(
                        call.id().hex(),
                        outside.settings().node(),
                        0,
                        ++version,
                        facts.legs().stream()
                                .map(LegRecord::sipCallId)
                                .distinct()
                                .toList(),
                        call.stage() == Call.Stage.ENDED,
                        CallDocuments.call(call, facts)));
    }

    void began(Call call) {
        outside.counters().answered.increment();
        outside.observer().answered(call.agent().id());
        publish(
                "call.answered",
                call,
                Map.of(
                        "from",
                        call.from(),
                        "to",
                        call.to(),
                        "agent",
                        call.agent().id(),
                        "policy",
                        call.began().variant().name().toLowerCase(Locale.ROOT)));
    }

    /** Nothing comes after it: all that is untold is told now. */
    void ended() {
        unsaved = true;
        Call last = call.get();
        later(facts -> {
            String reason = facts.endReason();
            publish("call.ended", last, Map.of("detail", reason == null ? "" : reason));
            outside.webhooks().post("call", CallDocuments.call(last, facts));
        });
        tell();
    }

    /** Stages and turns that a step brought. */
    void changed(Call before, Call after) {
        unsaved = true;
        later(facts -> {
            for (int i = before.turns().size(); i < after.turns().size(); i++) {
                publish(
                        "turn",
                        after,
                        Map.of("turn", TextDocuments.turn(after.turns().get(i))));
            }
            if (before.stage() != after.stage()) {
                publish(
                        "call.state",
                        after,
                        Map.of("state", after.stage().name().toLowerCase(Locale.ROOT)));
            }
        });
    }

    /** How a handoff stands now. */
    void handoff(Call call, Handoff handoff, HandoffState state) {
        Reason how = handoff.ended();
        boolean first = !handoff.id().equals(lastRequested);
        lastRequested = handoff.id();
        later(facts -> {
            if (first) {
                outside.observer()
                        .requested(call.agent().id(), handoff.brief().queue().orElse(null), handoff.reason());
            }
            if (state == HandoffState.CONNECTED) {
                outside.observer().ended(handoff.reason(), Reason.CONNECTED);
                connected(handoff, facts);
            } else if (how != null && handoff.clock().t4() == null) {
                outside.observer().ended(handoff.reason(), how);
            }
            Map<String, Object> shown = CallDocuments.handoff(handoff, facts);
            publish("handoff", call, handoff, Map.of("handoff", shown));
            outside.audit()
                    .record(new Entry(
                            "handoff." + state.wire(),
                            call.id().hex(),
                            whoAsked(call, handoff, state),
                            Map.of("agent", call.agent().id(), "handoff", shown)));
            outside.webhooks().post("handoff", Map.of("call", call.id().hex(), "handoff", shown));
        });
    }

    /** That an agent gave way is the agent's decision; an operator's order stands in the trail by itself. */
    private static Actor whoAsked(Call call, Handoff handoff, HandoffState state) {
        return state == HandoffState.REQUESTED && handoff.reason() == Reason.AGENT_REQUEST
                ? Actor.agent(call.agent().id())
                : Actor.GATEWAY;
    }

    /** @param what {@code began}, {@code changed} or {@code ended} */
    void supervision(Supervision supervision, String what, Actor by) {
        unsaved = true;
        Call now = call.get();
        Map<String, Object> shown = CallDocuments.supervision(supervision);
        if (what.equals("began")) {
            outside.counters().supervisions.increment();
        }
        later(facts -> {
            publish("supervision", now, Map.of("human", supervision.human(), "supervision", shown));
            outside.audit().record(new Entry("supervision." + what, now.id().hex(), by, shown));
        });
    }

    /** @param what {@code started}, {@code paused}, {@code resumed}, {@code ended} or {@code failed} */
    void recording(String what) {
        unsaved = true;
        Call now = call.get();
        later(facts -> {
            Map<String, Object> shown = facts.recording();
            publish("recording." + what, now, shown == null ? Map.of() : Map.of("recording", shown));
        });
    }

    private void connected(Handoff handoff, CallDocuments.Facts facts) {
        Clock clock = handoff.clock();
        Long t0 = clock.t0();
        Long t2 = clock.t2();
        Long tc = clock.tc();
        Long t4 = clock.t4();
        LegEvent.Measure measure = facts.measures().getOrDefault(handoff.id(), LegEvent.Measure.NONE);
        if (t0 != null && t2 != null && tc != null && t4 != null) {
            outside.observer()
                    .connected(
                            (t4 - Math.max(t2, tc)) / 1e6,
                            Math.max(0, t2 - t0) / 1e6,
                            measure.deadAirNanos() / 1e6,
                            measure.gapNanos() / 1e6);
        }
    }

    /** What the contact wrote has come: a handoff that has told its human already tells them again. */
    void messagesCame() {
        Call now = call.get();
        if (now.stage() != Call.Stage.ENDED) {
            now.handoff().stream()
                    .flatMap(handoff -> handoff.attempts().stream())
                    .filter(attempt -> attempt.stage() != Attempt.Stage.OVER)
                    .map(Attempt::human)
                    .filter(Objects::nonNull)
                    .forEach(this::context);
        }
    }

    /** The context goes out before the human's phone is told to ring: after this it has been handed over, stored and pushed. */
    void contextNow(String human) {
        context(human);
        tell();
    }

    /** For a human who stands by, whom the caller has before anybody can read. */
    void context(String human) {
        unsaved = true;
        Call shown = call.get();
        later(facts -> {
            Map<String, Object> context = new LinkedHashMap<>(CallDocuments.context(shown, facts));
            context.put("human", human);
            outside.webhooks().post("context", context);
            publish("context", shown, Map.of("human", human, "context", context));
        });
    }

    private void publish(String type, Call call, Map<String, Object> data) {
        publish(type, call, call.handoffs().isEmpty() ? null : call.handoffs().getLast(), data);
    }

    /** @param whose names the human whose event it is, if any has the caller by it */
    private void publish(String type, Call call, @Nullable Handoff whose, Map<String, Object> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("call", call.id().hex());
        if (whose != null) {
            whose.human().ifPresent(human -> event.put("human", human));
        }
        event.putAll(data);
        outside.events().publish(type, event);
    }
}
