package io.segue.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.sip.message.Limits;
import io.segue.sip.message.Parsed;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipParser;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipWriter;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A leg on a clock that the test turns. Whatever it sends has to survive being written and parsed. */
final class LegUnderTest {
    static final io.segue.sip.dialog.Limits TIMES = new io.segue.sip.dialog.Limits(500, 4_000, 60_000, 2);

    final Counting ids = new Counting();
    final SessionMachine machine = new SessionMachine(ids, TIMES);
    final Map<TimerKind, Long> timers = new EnumMap<>(TimerKind.class);
    private final List<Effect> effects = new ArrayList<>();
    long nowMs;
    Session session = new Session.Closed(null, null);

    /** Tags count up; a random number is what the test says. */
    static final class Counting implements Identifiers {
        int tags;
        int random;

        @Override
        public String tag() {
            return "our" + ++tags;
        }

        @Override
        public int random(int bound) {
            return Math.min(random, bound - 1);
        }
    }

    static ServerTransactionId id(SipRequest request) {
        return new ServerTransactionId("peer-" + request.cseq().number(), request.method());
    }

    LegUnderTest begin(Step step) {
        return take(step);
    }

    LegUnderTest on(Event event) {
        return take(machine.step(session, event, nowMs));
    }

    LegUnderTest request(SipRequest request) {
        return on(new Signal.Requested(id(request), request));
    }

    LegUnderTest respond(SipResponse response) {
        return on(new Signal.Responded(response));
    }

    private LegUnderTest take(Step step) {
        session = step.session();
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.StartTimer start -> timers.put(start.kind(), nowMs + start.delayMs());
                case Effect.StopTimer stop -> timers.remove(stop.kind());
                case Effect.Respond respond -> survives(respond.response());
                case Effect.Retransmit2xx again -> survives(again.response());
                case Effect.Request request -> survives(request.request());
                case Effect.Ack ack -> survives(ack.ack());
                case Effect.Cancel _, News _ -> {}
            }
            effects.add(effect);
        }
        return this;
    }

    /** Turns the clock; timers fire when they are due. */
    LegUnderTest pass(long ms) {
        long untilMs = nowMs + ms;
        while (true) {
            var next = timers.entrySet().stream().min(Comparator.comparingLong(Map.Entry::getValue));
            if (next.isEmpty() || next.get().getValue() > untilMs) {
                nowMs = untilMs;
                return this;
            }
            TimerKind kind = next.get().getKey();
            nowMs = next.get().getValue();
            timers.remove(kind);
            on(new Signal.TimerFired(kind));
        }
    }

    private static void survives(SipMessage message) {
        SipMessage whole =
                message instanceof SipRequest request && !request.headers().has("Via")
                        ? request.withHeaders(
                                request.headers().prepend("Via", "SIP/2.0/UDP gw.example.com;branch=z9hG4bKx;rport"))
                        : message;
        SipMessage read = assertInstanceOf(
                        Parsed.Message.class, SipParser.parse(SipWriter.write(whole), Limits.defaults()))
                .message();
        assertEquals(whole.headers(), read.headers().without("Content-Length"));
    }

    /** Everything asked for since the last time, timers aside. */
    List<Effect> effects() {
        List<Effect> taken = effects.stream()
                .filter(effect -> !(effect instanceof Effect.StartTimer || effect instanceof Effect.StopTimer))
                .toList();
        effects.clear();
        return taken;
    }

    /** The only thing asked for since the last time. */
    <T extends Effect> T only(Class<T> type) {
        List<Effect> taken = effects();
        assertEquals(1, taken.size(), taken.toString());
        return assertInstanceOf(type, taken.getFirst());
    }

    /** The only thing asked for since the last time: this answer. */
    SipResponse answered(int status) {
        SipResponse response = only(Effect.Respond.class).response();
        assertEquals(status, response.status());
        return response;
    }

    LegUnderTest forget() {
        effects.clear();
        return this;
    }

    Dialog dialog() {
        Dialog dialog = session.dialog();
        if (dialog == null) {
            throw new AssertionError("no dialog in " + session);
        }
        return dialog;
    }
}
