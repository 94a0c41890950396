package io.segue.trunk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PeerPingTest {
    private static final PeerPing.Rules RULES = new PeerPing.Rules(30_000, 10_000, 3);

    @Test
    void isUpUntilThreeInARowAreUnansweredAndUpAgainAtTheFirstAnswer() {
        PeerPing ping = PeerPing.begin(RULES, 0);
        ping = ping.asked().unanswered(32_000).asked().unanswered(94_000);
        assertTrue(ping.up());
        ping = ping.asked().unanswered(156_000);
        assertFalse(ping.up());
        assertFalse(ping.asked().unanswered(200_000).up());
        assertTrue(ping.asked().answered(200_001).up());
    }

    @Test
    void anAnswerBetweenBeginsTheCountAnew() {
        PeerPing ping = PeerPing.begin(RULES, 0)
                .asked()
                .unanswered(1)
                .asked()
                .unanswered(2)
                .asked()
                .answered(3);
        assertTrue(ping.asked().unanswered(4).asked().unanswered(5).up());
    }

    @Test
    void asksAtOnceThenEveryHalfMinuteAndMoreOftenWhileItIsDown() {
        PeerPing ping = PeerPing.begin(RULES, 100);
        assertFalse(ping.due(99));
        assertTrue(ping.due(100));
        ping = ping.asked();
        assertFalse(ping.due(1_000_000));
        ping = ping.answered(200);
        assertFalse(ping.due(30_199));
        assertTrue(ping.due(30_200));
        for (int i = 0; i < 3; i++) {
            ping = ping.asked().unanswered(50_000);
        }
        assertFalse(ping.due(59_999));
        assertTrue(ping.due(60_000));
    }
}
