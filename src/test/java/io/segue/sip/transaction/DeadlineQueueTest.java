package io.segue.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    @Test
    void givesDeadlinesInOrderHoweverTheyAreChangedAndRemoved() {
        Random random = new Random(7);
        DeadlineQueue queue = new DeadlineQueue();
        Scene scene = new Scene();
        ServerRequest request = ServerRequest.of(
                new ServerTransactionId("k", "INFO"),
                Scene.incoming("INFO", "z9hG4bKx"),
                Destination.udp(Scene.PEER),
                null);
        List<Transaction> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Transaction transaction = new OtherServer(request, Limits.defaults(), new Ignoring(), scene.now);
            transaction.endAt = random.nextInt(10_000);
            queue.place(transaction);
            all.add(transaction);
        }
        for (int i = 0; i < 5_000; i++) {
            Transaction transaction = all.get(random.nextInt(all.size()));
            if (random.nextInt(4) == 0) {
                queue.remove(transaction);
            } else {
                transaction.endAt = random.nextInt(10_000);
                queue.place(transaction);
            }
        }
        List<Long> expected = new ArrayList<>(all.stream()
                .filter(transaction -> transaction.place >= 0)
                .map(transaction -> transaction.endAt)
                .toList());
        Collections.sort(expected);
        List<Long> got = new ArrayList<>();
        for (Transaction next = queue.due(10_000); next != null; next = queue.due(10_000)) {
            got.add(next.endAt);
            queue.remove(next);
        }
        assertEquals(expected, got);
        assertEquals(Transaction.NEVER, queue.next());
    }

    private record Ignoring() implements Effects {
        @Override
        public void send(Outgoing outgoing) {}

        @Override
        public void ended(Transaction transaction) {}
    }
}
