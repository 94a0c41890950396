package io.segue.flow.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.leg.CallRouter;
import io.segue.flow.leg.Flows;
import io.segue.flow.leg.Signalling;
import io.segue.flow.leg.SipRoutes;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailboxes;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Limits;
import io.segue.sip.dialog.Identifiers;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.TransactionUser;
import io.segue.sip.transaction.Transport;
import io.segue.trunk.PeerPing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerWatchTest {
    private static final String ANNA = "sip:anna@192.0.2.7:5062";

    private final Steps thread = new Steps();
    private final Sending signalling = new Sending();
    private final SipRoutes routes = new SipRoutes(signalling, new Flows(15_000));
    private final TransactionUser network = new CallRouter(routes, null, new Counting());
    private final Directory directory = new Directory(new Forms("segue", Limits.defaults()));
    private PeerWatch watch;

    @BeforeEach
    void begin() {
        directory.human("anna", Map.of("name", "Anna", "contact", ANNA, "queues", List.of("billing")));
        PhoneOutside outside = new PhoneOutside(
                new PhoneSettings(1, 1, List.of(), new PeerPing.Rules(30_000, 10_000, 5_000, 3)),
                null,
                directory,
                null,
                new Mailboxes(() -> thread, 1, () -> {}, () -> {}),
                () -> thread.nowMs * 1_000_000,
                null,
                new Counting(),
                null);
        watch = new PeerWatch(outside, routes);
        watch.start();
    }

    @Test
    void asksAFixedContactByOptionsAndNotBeforeItsTime() {
        thread.until(29_000);
        assertEquals(0, signalling.sent.size());
        thread.until(31_000);
        SipRequest asked = signalling.sent.getFirst();
        assertEquals("OPTIONS", asked.method());
        assertEquals(ANNA, asked.requestUri().toString());
    }

    @Test
    void takesAPeerThatUsedToAnswerToBeDownAfterThreeUnanswered() {
        answer(200);
        miss();
        miss();
        assertFalse(watch.isDown(ANNA), "two");
        miss();
        assertTrue(watch.isDown(ANNA), "three");
        assertEquals(1, watch.down());
        answer(405);
        assertFalse(watch.isDown(ANNA), "any answer counts");
    }

    @Test
    void takesAnAnswerAfterItsTimeToMeanThatThePeerIsThereAndALateTimeoutToMeanNothing() {
        answer(200);
        miss();
        miss();
        int before = signalling.sent.size();
        asked(before);
        thread.until(thread.nowMs + 5_000);
        assertTrue(watch.isDown(ANNA), "three without an answer in five seconds");
        network.onTimeout(signalling.id());
        thread.until(thread.nowMs);
        assertTrue(watch.isDown(ANNA));
        asked(signalling.sent.size());
        thread.until(thread.nowMs + 6_000);
        network.onResponse(signalling.id(), Responses.to(signalling.sent.getLast(), 200));
        thread.until(thread.nowMs);
        assertFalse(watch.isDown(ANNA), "late");
    }

    @Test
    void doesNotJudgeAPeerThatHasNeverAnswered() {
        for (int i = 0; i < 10; i++) {
            miss();
        }
        assertFalse(watch.isDown(ANNA));
    }

    @Test
    void forgetsAContactThatIsNobodysAnyMore() {
        answer(200);
        miss();
        miss();
        miss();
        directory.human("anna", null);
        thread.until(thread.nowMs + 2_000);
        assertFalse(watch.isDown(ANNA));
    }

    private void answer(int status) {
        int before = signalling.sent.size();
        asked(before);
        network.onResponse(signalling.id(), Responses.to(signalling.sent.getLast(), status));
        thread.until(thread.nowMs);
    }

    private void miss() {
        int before = signalling.sent.size();
        asked(before);
        network.onTimeout(signalling.id());
        thread.until(thread.nowMs);
    }

    private void asked(int before) {
        for (int i = 0; i < 40 && signalling.sent.size() == before; i++) {
            thread.until(thread.nowMs + 1_000);
        }
        assertEquals(before + 1, signalling.sent.size(), "one OPTIONS");
    }

    /** A thread that runs when told, on a clock that moves when told. */
    private static final class Steps implements CallThread {
        private record Due(long atMs, Runnable task) {}

        private final Deque<Runnable> now = new ArrayDeque<>();
        private final List<Due> later = new ArrayList<>();
        private long nowMs;

        @Override
        public void execute(Runnable task) {
            now.add(task);
        }

        @Override
        public Timer schedule(long delayMs, Runnable task) {
            Due due = new Due(nowMs + delayMs, task);
            later.add(due);
            return () -> later.remove(due);
        }

        @Override
        public boolean isCurrent() {
            return true;
        }

        void until(long ms) {
            run();
            while (nowMs < ms) {
                nowMs += TimeUnit.SECONDS.toMillis(1);
                List<Due> due = later.stream().filter(d -> d.atMs() <= nowMs).toList();
                later.removeAll(due);
                due.forEach(d -> now.add(d.task()));
                run();
            }
        }

        private void run() {
            for (Runnable task = now.poll(); task != null; task = now.poll()) {
                task.run();
            }
        }
    }

    private static final class Sending implements Signalling {
        private final List<SipRequest> sent = new ArrayList<>();

        ClientTransactionId id() {
            return new ClientTransactionId("z9hG4bK" + sent.size(), "OPTIONS");
        }

        @Override
        public ClientTransactionId request(SipRequest request, Destination to) {
            sent.add(request.withHeaders(
                    request.headers().prepend("Via", "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx")));
            return id();
        }

        @Override
        public void respond(ServerTransactionId id, SipResponse response) {}

        @Override
        public void cancel(ClientTransactionId invite, String reason) {}

        @Override
        public SipMessage send(SipMessage message, Destination to) {
            return message;
        }

        @Override
        public SentBy reachedAt(Transport transport) {
            return new SentBy("192.0.2.1", 5060);
        }
    }

    private static final class Counting implements Identifiers {
        private int next;

        @Override
        public String tag() {
            return "tag" + ++next;
        }

        @Override
        public int random(int bound) {
            return next++ % bound;
        }
    }
}
