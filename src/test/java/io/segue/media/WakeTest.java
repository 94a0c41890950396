package io.segue.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegListener;
import io.segue.flow.media.MediaPlane.Opening;
import io.segue.flow.thread.CallThread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From a loop to a call's thread. */
class WakeTest {
    private final Studio studio = new Studio(1);
    private final List<LegEvent> told = new ArrayList<>();
    private final Leg one = leg(told::add);
    private final Leg two = leg(told::add);

    /** Keeps what it is given. */
    private static final class Idle implements CallThread {
        final List<Runnable> tasks = new ArrayList<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer schedule(long delayMs, Runnable task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    private Leg leg(LegListener listener) {
        if (studio.media.open(studio.thread, listener, null) instanceof Opening.Opened(Leg leg)) {
            return leg;
        }
        throw new IllegalStateException("no port");
    }

    private static LegEvent event(int number) {
        return new LegEvent.RtpLost(number);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void losesNoControlAtTheLimitNorOnePastAndKeepsItsOrder() {
        EventRing ring = new EventRing(3);
        assertEquals(EventRing.Put.IN_TIME, ring.put(one, event(1)));
        assertEquals(EventRing.Put.IN_TIME, ring.put(two, event(2)));
        assertEquals(EventRing.Put.IN_TIME, ring.put(one, event(3)));
        assertEquals(EventRing.Put.BEHIND, ring.put(two, event(4)));
        assertEquals(EventRing.Put.BEHIND, ring.put(one, event(5)));
        ring.drain();
        assertEquals(List.of(event(1), event(2), event(3), event(4), event(5)), told);
        assertEquals(EventRing.Put.IN_TIME, ring.put(one, event(6)));
        ring.drain();
        assertEquals(event(6), told.getLast());
    }

    @Test
    void takesADigitAtTheLimitAndDropsTheOnePast() {
        EventRing ring = new EventRing(3);
        ring.put(one, event(1));
        ring.put(one, event(2));
        assertEquals(EventRing.Put.IN_TIME, ring.put(one, new LegEvent.Digit('1')));
        assertEquals(EventRing.Put.DROPPED, ring.put(one, new LegEvent.Digit('2')));
        ring.drain();
        assertEquals(List.of(event(1), event(2), new LegEvent.Digit('1')), told);
    }

    @Test
    void losesNothingAndKeepsTheOrderWhileItIsReadAndOverflows() throws InterruptedException {
        EventRing ring = new EventRing(4);
        int events = 100_000;
        Thread producer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < events; i++) {
                ring.put(one, event(i));
            }
        });
        while (producer.isAlive() || !ring.isEmpty()) {
            ring.drain();
        }
        producer.join();
        assertEquals(events, told.size());
        for (int i = 0; i < events; i++) {
            assertEquals(event(i), told.get(i));
        }
    }

    @Test
    void wakesTheCallsThreadOnceForAllThatAPassHasToTell() {
        Idle thread = new Idle();
        Wake wake = new Wake(thread, 8);
        wake.flush();
        assertEquals(0, thread.tasks.size());
        wake.tell(one, event(1));
        wake.tell(two, event(2));
        wake.flush();
        wake.tell(one, event(3));
        wake.flush();
        assertEquals(1, thread.tasks.size());
        thread.tasks.getFirst().run();
        assertEquals(List.of(event(1), event(2), event(3)), told);
        wake.flush();
        assertEquals(1, thread.tasks.size());
        wake.tell(one, event(4));
        wake.flush();
        assertEquals(2, thread.tasks.size());
    }

    @Test
    void tellsTheOthersWhenOneOfThemThrows() {
        Leg broken = leg(event -> {
            throw new IllegalStateException("a bug");
        });
        Idle thread = new Idle();
        Wake wake = new Wake(thread, 8);
        wake.tell(broken, event(1));
        wake.tell(one, event(2));
        List<Long> frames = new ArrayList<>();
        TapRing tap = new TapRing(3, (buffer, offset, ms) -> frames.add(ms));
        tap.put(Phone.octets(160, 1));
        wake.ready(tap);
        wake.flush();
        assertThrows(IllegalStateException.class, thread.tasks.getFirst()::run);
        assertEquals(2, thread.tasks.size());
        thread.tasks.getLast().run();
        assertEquals(List.of(event(2)), told);
        assertEquals(List.of(0L), frames);
    }
}
