package io.segue.flow.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForkedPhoneTest {
    private final List<String> told = new ArrayList<>();
    private final List<Tab> tabs = new ArrayList<>();
    private ForkedPhone phone;

    @BeforeEach
    void ring() {
        Function<Phone.Listener, Phone> maker = listener -> {
            tabs.add(new Tab("tab " + (tabs.size() + 1), listener));
            return tabs.getLast();
        };
        phone = new ForkedPhone(List.of(maker, maker, maker), new Told());
        phone.begin();
    }

    private Tab tab(int number) {
        return tabs.get(number - 1);
    }

    @Test
    void ringsEverywhereAndSaysSoOnce() {
        tabs.forEach(tab -> assertTrue(tab.begun));
        tabs.forEach(tab -> tab.listener.ringing());
        assertEquals(List.of("ringing"), told);
        assertTrue(phone.rings());
    }

    @Test
    void theFirstThatAnswersWinsAndTheOthersAreToldThatItWasElsewhere() {
        tab(2).listener.answered();
        assertEquals(List.of("answered"), told);
        assertEquals(List.of(Why.ANSWERED_ELSEWHERE), tab(1).dropped);
        assertEquals(List.of(Why.ANSWERED_ELSEWHERE), tab(3).dropped);
        assertEquals(List.of(), tab(2).dropped);
        tab(1).listener.failed(Reason.HUMAN_NO_ANSWER, "CANCELLED 487");
        tab(3).listener.failed(Reason.HUMAN_NO_ANSWER, "CANCELLED 487");
        assertEquals("tab 2", phone.leg().sipCallId());
        tab(2).listener.heard();
        tab(2).listener.holds(true);
        tab(1).listener.holds(true);
        tab(2).listener.gone("BYE");
        assertEquals(List.of("answered", "heard", "holds true", "gone BYE"), told);
    }

    @Test
    void anAnswerThatCrossesTheCancelIsHungUp() {
        tab(1).listener.answered();
        tab(2).listener.answered();
        assertEquals(List.of(Why.ANSWERED_ELSEWHERE, Why.ANSWERED_ELSEWHERE), tab(2).dropped);
        tab(2).listener.gone("BYE");
        assertEquals(List.of("answered"), told);
        assertEquals("tab 1", phone.leg().sipCallId());
    }

    @Test
    void toDeclineAtOneIsToDecline() {
        tab(1).listener.failed(Reason.HUMAN_UNREACHABLE, "gone");
        tab(3).listener.failed(Reason.HUMAN_DECLINED, "603 Decline");
        assertEquals(List.of(Why.ANSWERED_ELSEWHERE), tab(2).dropped);
        assertEquals(List.of(), told);
        tab(2).listener.failed(Reason.HUMAN_NO_ANSWER, "CANCELLED 487");
        assertEquals(List.of("failed HUMAN_DECLINED"), told);
    }

    @Test
    void oneThatIsGoneOrBusyLeavesTheOthersRinging() {
        tab(1).listener.failed(Reason.HUMAN_UNREACHABLE, "its socket is gone");
        tab(2).listener.failed(Reason.HUMAN_BUSY, "486");
        assertEquals(List.of(), told);
        assertEquals(List.of(), tab(3).dropped);
        tab(3).listener.failed(Reason.HUMAN_UNREACHABLE, "its socket is gone");
        assertEquals(List.of("failed HUMAN_BUSY"), told);
    }

    @Test
    void isDroppedEverywhereItStillRings() {
        tab(1).listener.failed(Reason.HUMAN_BUSY, "486");
        phone.drop(Why.CALLER_GONE);
        assertEquals(List.of(), tab(1).dropped);
        assertEquals(List.of(Why.CALLER_GONE), tab(2).dropped);
        assertEquals(List.of(Why.CALLER_GONE), tab(3).dropped);
    }

    private final class Told implements Phone.Listener {
        @Override
        public void ringing() {
            told.add("ringing");
        }

        @Override
        public void answered() {
            told.add("answered");
        }

        @Override
        public void heard() {
            told.add("heard");
        }

        @Override
        public void failed(Reason why, String evidence) {
            told.add("failed " + why);
        }

        @Override
        public void gone(String evidence) {
            told.add("gone " + evidence);
        }

        @Override
        public void holds(boolean holding) {
            told.add("holds " + holding);
        }

        @Override
        public void digit(char digit, boolean byRtp) {
            told.add("digit " + digit);
        }
    }

    /** One of the phones, moved by hand. */
    private static final class Tab implements Phone {
        private final String name;
        private final Listener listener;
        private final List<Why> dropped = new ArrayList<>();
        private boolean begun;

        Tab(String name, Listener listener) {
            this.name = name;
            this.listener = listener;
        }

        @Override
        public void begin() {
            begun = true;
        }

        @Override
        public boolean rings() {
            return true;
        }

        @Override
        public MediaLeg media() {
            throw new IllegalStateException("nobody asks for it here");
        }

        @Override
        public void hear(Source source) {}

        @Override
        public void digits(String digits) {}

        @Override
        public void relayed(char digit) {}

        @Override
        public void drop(Why why) {
            dropped.add(why);
        }

        @Override
        public LegRecord leg() {
            return new LegRecord("human", "anna", name, null, null, "", null);
        }
    }
}
