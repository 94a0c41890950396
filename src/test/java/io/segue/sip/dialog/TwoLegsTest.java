package io.segue.sip.dialog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.Headers;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A calling leg and a called one against each other: commands at any moment, messages that overtake each other, 2xx and ACK that are lost.
 * However they cross, both sides end, each is told so once and last, and every request is answered once.
 */
class TwoLegsTest {
    private static final int CALLS = 400;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void endOnceAndAnswerEverythingOnceHoweverTheyCross(int seed) {
        int established = 0;
        for (int i = 0; i < CALLS; i++) {
            long one = seed * 1_000_003L + i;
            try {
                established += new Crossing(one).run() ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with the seed " + one, e);
            }
        }
        assertTrue(established > CALLS / 10, "only " + established + " calls were established");
    }

    /** One call. */
    private static final class Crossing implements Identifiers {
        private final Random random;
        private final SessionMachine machine = new SessionMachine(this, Limits.defaults());
        private final Side caller = new Side("caller");
        private final Side callee = new Side("callee");
        private final Map<ServerTransactionId, Integer> answers = new HashMap<>();
        private final Map<String, ServerTransactionId> inviteIds = new HashMap<>();
        private long nowMs;
        private int tags;
        private int branches;

        Crossing(long seed) {
            random = new Random(seed);
        }

        @Override
        public String tag() {
            return "t" + ++tags;
        }

        @Override
        public int random(int bound) {
            return random.nextInt(bound);
        }

        private final class Side {
            final String name;
            final List<Consumer<Side>> inbox = new ArrayList<>();
            final Map<TimerKind, Long> timers = new EnumMap<>(TimerKind.class);
            final List<News> news = new ArrayList<>();

            @Nullable
            Session session;

            Side(String name) {
                this.name = name;
            }

            Side peer() {
                return this == caller ? callee : caller;
            }

            void on(Event event) {
                Session before = session;
                if (before != null) {
                    take(machine.step(before, event, nowMs));
                }
            }

            void take(Step step) {
                session = step.session();
                for (Effect effect : step.effects()) {
                    switch (effect) {
                        case Effect.StartTimer start -> timers.put(start.kind(), nowMs + start.delayMs());
                        case Effect.StopTimer stop -> timers.remove(stop.kind());
                        case Effect.Request request -> send(request.request());
                        case Effect.Respond respond -> answer(respond.id(), respond.response());
                        case Effect.Retransmit2xx again ->
                            lossy(side -> side.on(new Signal.Responded(again.response())));
                        case Effect.Ack ack -> lossy(side -> side.on(new Signal.Acknowledged(ack.ack())));
                        case Effect.Cancel cancel -> peer().inbox.add(side -> side.cancelled(cancel.invite()));
                        case News told -> news.add(told);
                    }
                }
            }

            void send(SipRequest request) {
                String branch = "z9hG4bK" + ++branches;
                SipRequest sent =
                        request.withHeaders(request.headers().prepend("Via", "SIP/2.0/UDP h;branch=" + branch));
                ServerTransactionId id = new ServerTransactionId(branch, request.method());
                inviteIds.put(name + request.cseq(), id);
                peer().inbox.add(side -> side.arrived(id, sent));
            }

            void arrived(ServerTransactionId id, SipRequest request) {
                answers.put(id, 0);
                if (request.is("INVITE")) {
                    peer().inbox.add(side -> side.on(new Signal.Responded(Responses.to(request, 100))));
                }
                if (session == null) {
                    take(machine.incoming(id, request, "<sip:callee@192.0.2.2>", nowMs));
                } else {
                    on(new Signal.Requested(id, request));
                }
            }

            void cancelled(SipRequest invite) {
                ServerTransactionId id = inviteIds.get(peer().name + invite.cseq());
                if (answers.getOrDefault(id, 0) == 0) {
                    on(new Signal.Cancelled(
                            id,
                            new SipRequest(
                                    "CANCEL",
                                    invite.requestUri(),
                                    invite.headers().without("Reason"))));
                }
            }

            void answer(ServerTransactionId id, SipResponse response) {
                if (!response.provisional()) {
                    assertEquals(1, answers.merge(id, 1, Integer::sum), name + " answered " + id + " twice");
                }
                Consumer<Side> delivery = side -> side.on(new Signal.Responded(response));
                if (response.success() && id.method().equals("INVITE")) {
                    lossy(delivery);
                } else {
                    peer().inbox.add(delivery);
                }
            }

            /** Said again until it arrives: may be lost. */
            void lossy(Consumer<Side> delivery) {
                if (random.nextInt(4) > 0) {
                    peer().inbox.add(delivery);
                }
            }

            void wish() {
                on(
                        switch (random.nextInt(14)) {
                            case 0 -> new Command.Ring(180 + random.nextInt(4), null);
                            case 1, 2, 3 -> new Command.Answer("v=answer");
                            case 4 -> new Command.Reject(486, "Busy Here", Headers.NONE);
                            case 5, 6, 7 -> new Command.Accept("v=accept");
                            case 8 -> new Command.Refuse(488, "Not Acceptable Here");
                            case 9, 10 -> new Command.Offer("v=offer");
                            case 11 -> new Command.Inform("text/plain", "hello");
                            case 12 ->
                                new Signal.TimerFired(TimerKind.values()[random.nextInt(TimerKind.values().length)]);
                            default ->
                                random.nextInt(6) == 0
                                        ? new Command.HangUp(List.of(Reason.NORMAL))
                                        : new Command.Ring(180, null);
                        });
            }
        }

        boolean run() {
            caller.take(machine.outgoing(Peer.outbound(), nowMs));
            for (int i = 0; i < 60; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> (random.nextBoolean() ? caller : callee).wish();
                    case 1 -> turnClock(random.nextInt(3_000));
                    default -> deliver();
                }
            }
            caller.on(new Command.HangUp(List.of()));
            callee.on(new Command.HangUp(List.of()));
            for (int i = 0; i < 2_000 && !quiet(); i++) {
                if (!deliver()) {
                    turnClock(60_000);
                }
            }
            for (Side side : List.of(caller, callee)) {
                Session session = side.session;
                assertTrue(session != null && session.over(), side.name + " is left in " + session);
                List<News> ends = side.news.stream().filter(TwoLegsTest::isEnd).toList();
                assertEquals(1, ends.size(), side.name + " was told " + side.news);
                assertEquals(ends.getFirst(), side.news.getLast(), side.name + " was told " + side.news);
            }
            answers.forEach((id, count) -> assertEquals(1, count, id + " was not answered"));
            return callee.news.stream().anyMatch(News.Established.class::isInstance);
        }

        private boolean quiet() {
            return caller.inbox.isEmpty()
                    && callee.inbox.isEmpty()
                    && caller.timers.isEmpty()
                    && callee.timers.isEmpty();
        }

        /** One of the next two messages of a side. */
        private boolean deliver() {
            List<Side> waiting = new ArrayList<>(List.of(caller, callee));
            waiting.removeIf(side -> side.inbox.isEmpty());
            if (waiting.isEmpty()) {
                return false;
            }
            Side side = waiting.get(random.nextInt(waiting.size()));
            boolean overtakes = side.session != null && side.inbox.size() > 1 && random.nextInt(5) == 0;
            side.inbox.remove(overtakes ? 1 : 0).accept(side);
            return true;
        }

        /** To the next timer, at most so far. */
        private void turnClock(long atMostMs) {
            long untilMs = nowMs + atMostMs;
            Side next = List.of(caller, callee).stream()
                    .filter(side -> !side.timers.isEmpty())
                    .min(Comparator.comparingLong(Crossing::dueMs))
                    .orElse(caller);
            if (next.timers.isEmpty() || dueMs(next) > untilMs) {
                nowMs = untilMs;
                return;
            }
            nowMs = Math.max(nowMs, dueMs(next));
            TimerKind kind = next.timers.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            next.timers.remove(kind);
            next.on(new Signal.TimerFired(kind));
        }

        private static long dueMs(Side side) {
            return side.timers.values().stream().min(Long::compare).orElseThrow();
        }
    }

    private static boolean isEnd(News news) {
        return news instanceof News.Ended || news instanceof News.Failed;
    }
}
