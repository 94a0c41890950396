package io.segue.flow.leg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.flow.media.LegCounters;
import io.segue.flow.media.LegTap;
import io.segue.flow.media.LegTimeline;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Playout;
import io.segue.flow.media.Source;
import io.segue.flow.thread.CallThread;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import io.segue.sdp.Security;
import io.segue.sip.dialog.Command;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DigitsOutTest {
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final List<Long> delays = new ArrayList<>();
    private final List<Command> informed = new ArrayList<>();
    private final StringBuilder byRtp = new StringBuilder();
    private @Nullable Agreement terms;
    private DigitsOut digits;

    @BeforeEach
    void begin() {
        digits = new DigitsOut(new Later(), new Rtp(), () -> terms, informed::add);
    }

    private static Agreement terms(@Nullable Integer events) {
        InetSocketAddress at = new InetSocketAddress("192.0.2.7", 4000);
        return new Agreement(at, at, Codec.PCMU, 0, 0, events, events, 20, true, true);
    }

    private static Command info(char digit) {
        return new Command.Inform("application/dtmf-relay", "Signal=" + digit + "\r\nDuration=160\r\n");
    }

    private void pass() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    @Test
    void sendsTelephoneEventsToAPeerThatAgreedOnThem() {
        terms = terms(101);
        digits.press("5#");
        assertEquals("5#", byRtp.toString());
        assertEquals(List.of(), informed);
    }

    @Test
    void sendsOneInfoForEachDigitToAPeerThatDidNotOneAfterTheOther() {
        terms = terms(null);
        digits.press("1x*");
        assertEquals(List.of(info('1')), informed);
        digits.press("D");
        assertEquals(List.of(info('1')), informed, "the first is still pressed");
        pass();
        assertEquals(List.of(info('1'), info('*'), info('D')), informed);
        assertEquals(List.of(240L, 240L, 240L), delays);
        assertEquals("", byRtp.toString());
        digits.press("0");
        assertEquals(info('0'), informed.getLast());
    }

    @Test
    void leavesADigitThatTheMediaPlaneRelaysToItAndTellsThePeerThatCannotHearIt() {
        terms = terms(101);
        digits.relayed('7');
        assertEquals("", byRtp.toString());
        terms = terms(null);
        digits.relayed('7');
        assertEquals(List.of(info('7')), informed);
    }

    @Test
    void sendsNothingBeforeTheAnswer() {
        digits.press("1");
        digits.relayed('1');
        assertEquals(List.of(), informed);
        assertEquals("", byRtp.toString());
    }

    @Test
    void keepsAsManyDigitsWaitingAsTheLimitAndDropsOneMore() {
        terms = terms(null);
        digits.press("1");
        digits.press("2".repeat(DigitsOut.WAITING_MAX));
        digits.press("3");
        pass();
        assertEquals(1 + DigitsOut.WAITING_MAX, informed.size());
        assertEquals(info('2'), informed.getLast());
    }

    private final class Later implements CallThread {
        @Override
        public void execute(Runnable task) {
            later.add(task);
        }

        @Override
        public Timer schedule(long delayMs, Runnable task) {
            delays.add(delayMs);
            later.add(task);
            return () -> later.remove(task);
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    private final class Rtp implements MediaLeg {
        @Override
        public void sendDigits(String wanted) {
            byRtp.append(wanted);
        }

        @Override
        public InetSocketAddress local() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Security security() {
            return null;
        }

        @Override
        public void negotiated(Agreement agreed) {}

        @Override
        public void hear(Source source) {}

        @Override
        public Playout playout() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void tap(FrameSink sink) {}

        @Override
        public void untap() {}

        @Override
        public void copyTo(@Nullable LegTap tap) {}

        @Override
        public void measureFrom(long t0Nanos) {}

        @Override
        public LegCounters counters() {
            throw new UnsupportedOperationException();
        }

        @Override
        public LegTimeline timeline() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
