package io.segue.flow;

import io.segue.call.Call;
import io.segue.call.Supervision;
import io.segue.contact.Identity;
import io.segue.flow.contact.ContactSide;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegTimeline;
import io.segue.flow.record.TextDocuments;
import io.segue.handoff.Attempt;
import io.segue.handoff.Clock;
import io.segue.handoff.Handoff;
import io.segue.handoff.Reason;
import io.segue.sdp.Agreement;
import io.segue.sip.dialog.Dialog;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls as the REST interface shows them and the store keeps them: trees of maps, lists, strings and numbers. Times are Unix milliseconds. */
final class CallDocuments {
    private CallDocuments() {}

    /** Turns a {@code System.nanoTime()} into Unix milliseconds with three decimals. */
    @FunctionalInterface
    interface Wall {
        BigDecimal at(long nanos);
    }

    /** What is known of a call beside its own state. */
    record Facts(
            Caller caller,
            String node,
            Wall wall,
            long answeredAt,
            @Nullable Long endedAt,
            @Nullable String endReason,
            Map<String, LegEvent.Measure> measures,
            List<LegRecord> legs,
            ContactSide.Known contact,
            @Nullable Supervision supervision,
            @Nullable Map<String, Object> recording) {}

    static Map<String, Object> call(Call call, Facts facts) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", call.id().hex());
        document.put("state", lower(call.stage()));
        document.put("from", call.from());
        document.put("to", call.to());
        contact(document, facts);
        document.put("agent", call.agent().id());
        document.put("agentVersion", call.agent().version());
        document.put("policy", lower(call.began().variant()));
        document.put("trunk", facts.caller().trunk());
        document.put("node", facts.node());
        document.put("answeredAt", facts.wall().at(facts.answeredAt()));
        put(document, "endedAt", facts.endedAt() == null ? null : facts.wall().at(facts.endedAt()));
        put(document, "endReason", facts.endReason());
        document.put("link", lower(call.link()));
        document.put("legs", facts.legs().stream().map(CallDocuments::leg).toList());
        document.put("turns", call.turns().stream().map(TextDocuments::turn).toList());
        document.put(
                "handoffs",
                call.handoffs().stream()
                        .filter(Handoff::requested)
                        .map(h -> handoff(h, facts))
                        .toList());
        Supervision supervision = facts.supervision();
        put(document, "supervisor", supervision == null ? null : supervision(supervision));
        put(document, "recording", facts.recording());
        document.put("context", context(call, facts));
        document.put("resume", resume(facts));
        return document;
    }

    private static void contact(Map<String, Object> document, Facts facts) {
        Identity contact = facts.contact().identity();
        if (contact != null) {
            document.put("contact", contact.value());
            document.put(
                    "identities",
                    facts.contact().identities().stream().map(Identity::value).toList());
        }
    }

    static Map<String, Object> supervision(Supervision supervision) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("human", supervision.human());
        document.put("mode", supervision.mode().wire());
        document.put("state", supervision.state().wire());
        document.put("by", supervision.by().name());
        Supervision.End ended = supervision.ended();
        put(document, "outcome", ended == null ? null : ended.wire());
        put(document, "detail", supervision.detail().isEmpty() ? null : supervision.detail());
        return document;
    }

    private static Map<String, Object> leg(LegRecord leg) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("role", leg.role());
        put(document, "human", leg.human());
        document.put("sipCallId", leg.sipCallId());
        Agreement agreed = leg.agreement();
        if (agreed != null) {
            document.put("codec", agreed.codec().name());
            document.put("packetMs", agreed.packetMs());
        }
        return document;
    }

    static Map<String, Object> handoff(Handoff handoff, Facts facts) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", handoff.id());
        document.put("state", handoff.state().wire());
        document.put("reason", handoff.reason().wire());
        document.put("detail", handoff.detail());
        put(document, "queue", handoff.brief().queue().orElse(null));
        put(document, "human", handoff.human().orElse(null));
        Reason ended = handoff.ended();
        put(document, "outcome", ended == null ? null : ended.wire());
        document.put(
                "attempts",
                handoff.attempts().stream().map(CallDocuments::attempt).toList());
        clock(document, handoff.clock(), facts.wall());
        LegEvent.Measure measure = facts.measures().get(handoff.id());
        if (measure != null && handoff.clock().t4() != null) {
            document.put("deadAirMs", millis(measure.deadAirNanos()));
            document.put("gapMs", millis(measure.gapNanos()));
            document.put("seqBreaks", measure.sequenceBreaks());
            document.put("tsBreaks", measure.timestampBreaks());
        }
        return document;
    }

    private static Map<String, Object> attempt(Attempt attempt) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("leg", attempt.leg());
        put(document, "human", attempt.human());
        put(document, "sip", attempt.uri());
        document.put("stage", lower(attempt.stage()));
        Reason why = attempt.why();
        put(document, "why", why == null ? null : why.wire());
        document.put("evidence", attempt.evidence());
        return document;
    }

    private static void clock(Map<String, Object> document, Clock clock, Wall wall) {
        time(document, "t0", clock.t0(), wall);
        time(document, "t1", clock.t1(), wall);
        time(document, "t2", clock.t2(), wall);
        time(document, "tc", clock.tc(), wall);
        time(document, "t3", clock.t3(), wall);
        time(document, "t4", clock.t4(), wall);
        span(document, "handoffMs", clock.t0(), clock.t4());
        span(document, "answerToCallerMs", clock.t2(), clock.t4());
        span(document, "cutToCallerMs", clock.tc(), clock.t4());
    }

    private static void time(Map<String, Object> document, String name, @Nullable Long nanos, Wall wall) {
        put(document, name, nanos == null ? null : wall.at(nanos));
    }

    private static void span(Map<String, Object> document, String name, @Nullable Long from, @Nullable Long to) {
        put(document, name, from == null || to == null ? null : millis(to - from));
    }

    /** What the human is shown. */
    static Map<String, Object> context(Call call, Facts facts) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("call", call.id().hex());
        Handoff handoff = call.handoffs().isEmpty() ? null : call.handoffs().getLast();
        if (handoff != null) {
            document.put("handoff", handoff.id());
            document.put("reason", handoff.reason().wire());
            document.put("detail", handoff.detail());
            time(document, "askedAt", handoff.clock().t0(), facts.wall());
            document.put("summary", summary(call, handoff));
            if (!handoff.brief().context().isEmpty()) {
                document.put("facts", handoff.brief().context());
            }
        }
        document.put("caller", Map.of("number", call.from(), "called", call.to()));
        Identity contact = facts.contact().identity();
        put(document, "contact", contact == null ? null : contact.value());
        if (!facts.contact().messages().isEmpty()) {
            document.put(
                    "messages",
                    facts.contact().messages().stream()
                            .map(TextDocuments::message)
                            .toList());
        }
        document.put(
                "agent",
                Map.of(
                        "id",
                        call.agent().id(),
                        "name",
                        call.agent().name(),
                        "owner",
                        call.agent().owner()));
        document.put("headers", facts.caller().extensions());
        put(document, "userToUser", facts.caller().userToUser());
        document.put("turns", call.turns().stream().map(TextDocuments::turn).toList());
        return document;
    }

    /** The agent's own summary, else its last few turns in a line each: Segue makes nothing up. */
    private static String summary(Call call, Handoff handoff) {
        String given = handoff.brief().summary();
        if (given != null) {
            return given;
        }
        List<Turn> turns = call.turns();
        StringBuilder lines = new StringBuilder();
        for (Turn turn : turns.subList(Math.max(0, turns.size() - 4), turns.size())) {
            lines.append(lines.isEmpty() ? "" : "\n")
                    .append(lower(turn.speaker()))
                    .append(": ")
                    .append(turn.text());
        }
        return lines.toString();
    }

    /** What another gateway needs to go on: dialogs as strings and numbers, and what offer and answer agreed on. */
    private static Map<String, Object> resume(Facts facts) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(
                "legs",
                facts.legs().stream()
                        .filter(leg -> leg.dialog() != null)
                        .map(CallDocuments::resume)
                        .toList());
        return document;
    }

    private static Map<String, Object> resume(LegRecord leg) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("role", leg.role());
        Dialog dialog = leg.dialog();
        if (dialog != null) {
            document.put("callId", dialog.id().callId());
            document.put("localTag", dialog.id().localTag());
            document.put("remoteTag", dialog.id().remoteTag());
            document.put("inviter", dialog.inviter());
            document.put("local", dialog.local());
            document.put("remote", dialog.remote());
            document.put("contact", dialog.contact());
            document.put("remoteTarget", dialog.remoteTarget());
            document.put("localSequence", dialog.localSequence());
            document.put("remoteSequence", dialog.remoteSequence());
            document.put("routeSet", dialog.routeSet());
            document.put("secure", dialog.secure());
        }
        document.put("localSdp", leg.localSdp());
        LegTimeline timeline = leg.timeline();
        if (timeline != null) {
            document.put("ssrc", timeline.ssrc());
            document.put("sequence", timeline.sequence());
            document.put("timestamp", timeline.timestamp());
        }
        Agreement agreed = leg.agreement();
        if (agreed != null) {
            document.put("remoteRtp", agreed.remote().toString());
            document.put("codec", agreed.codec().name());
            document.put("sendPayloadType", agreed.sendPayloadType());
            document.put("receivePayloadType", agreed.receivePayloadType());
            put(document, "sendEventType", agreed.sendEventType());
            put(document, "receiveEventType", agreed.receiveEventType());
            document.put("packetMs", agreed.packetMs());
        }
        return document;
    }

    private static void put(Map<String, Object> document, String key, @Nullable Object value) {
        if (value != null) {
            document.put(key, value);
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
