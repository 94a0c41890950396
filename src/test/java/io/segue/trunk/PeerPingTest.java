package io.segue.trunk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PeerPingTest {
    private static final PeerPing.Rules RULES = new PeerPing.Rules(30_000, 10_000, 5_000, 3);

    @Test
    void isUpUntilThreeInARowAreUnansweredAndUpAgainAtTheFirstAnswer() {
        PeerPing ping = PeerPing.begin(RULES, 0);
        ping = ping.asked(0).unanswered(32_000).asked(0).unanswered(94_000);
        assertTrue(ping.up());
        ping = ping.asked(0).unanswered(156_000);
        assertFalse(ping.up());
        assertFalse(ping.asked(0).unanswered(200_000).up());
        assertTrue(ping.asked(0).answered(200_001).up());
    }

    @Test
    void givesAnOptionsFiveSecondsForItsAnswerAndNotLonger() {
        PeerPing ping = PeerPing.begin(RULES, 100).asked(100);
        assertFalse(ping.overdue(5_099));
        assertTrue(ping.overdue(5_100));
        assertFalse(ping.unanswered(5_100).overdue(5_100));
    }

    @Test
    void anAnswerBetweenBeginsTheCountAnew() {
        PeerPing ping = PeerPing.begin(RULES, 0)
                .asked(0)
                .unanswered(1)
                .asked(0)
                .unanswered(2)
                .asked(0)
                .answered(3);
        assertTrue(ping.asked(0).unanswered(4).asked(0).unanswered(5).up());
    }

    @Test
    void asksAtOnceThenEveryHalfMinuteAndMoreOftenWhileItIsDown() {
        PeerPing ping = PeerPing.begin(RULES, 100);
        assertFalse(ping.due(99));
        assertTrue(ping.due(100));
        ping = ping.asked(0);
        assertFalse(ping.due(1_000_000));
        ping = ping.answered(200);
        assertFalse(ping.due(30_199));
        assertTrue(ping.due(30_200));
        for (int i = 0; i < 3; i++) {
            ping = ping.asked(0).unanswered(50_000);
        }
        assertFalse(ping.due(59_999));
        assertTrue(ping.due(60_000));
    }
}
