package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent.OnExpiry;
import io.segue.agent.Agent.OnViolation;
import io.segue.handoff.Reason;
import io.segue.signoff.Decision.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposedTurnsTest extends OversightUnderTest {
    @Test
    void aProposedTurnIsHeldWithTheFillerUntilItIsApproved() {
        String id = proposed("t1", "We refund you.");
        assertTrue(
                assertInstanceOf(OversightEffect.Hold.class, effects.getLast()).held());
        decide(id, Outcome.APPROVED, "rex", "r1");
        on(new OversightEvent.Written(id));
        assertEquals(
                "We refund you.",
                effects.stream()
                        .filter(OversightEffect.Said.class::isInstance)
                        .map(e -> ((OversightEffect.Said) e).turn().text())
                        .findFirst()
                        .orElseThrow());
        assertFalse(
                assertInstanceOf(OversightEffect.Hold.class, effects.getLast()).held());
    }

    @Test
    void anEditedTurnIsToldAndRememberedInTheBetterWords() {
        String id = proposed("t1", "We refund you.");
        on(new OversightEvent.Decide(id, saying(Outcome.EDITED, "We refund you tomorrow."), "r1"));
        on(new OversightEvent.Written(id));
        assertEquals(
                "We refund you tomorrow.",
                effects.stream()
                        .filter(OversightEffect.Said.class::isInstance)
                        .map(e -> ((OversightEffect.Said) e).turn().text())
                        .findFirst()
                        .orElseThrow());
        oversight = new Oversight(
                CALL, with(true, OnExpiry.HANDOFF, OnViolation.ALARM).rules(), oversight.requests());
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you.  TOMORROW")));
        assertEquals(List.of(), effects);
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you today.")));
        assertTrue(violation().detail().contains("other words"));
    }

    @Test
    void aRejectedTurnIsNotSaid() {
        String id = proposed("t1", "We refund you.");
        decide(id, Outcome.REJECTED, "rex", "r1");
        on(new OversightEvent.Written(id));
        assertTrue(effects.stream().noneMatch(OversightEffect.Said.class::isInstance));
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you.")));
        assertTrue(violation().detail().contains("rejected"));
    }

    @Test
    void aTurnThatNobodyAnsweredBringsAHuman() {
        String id = proposed("t1", "We refund you.");
        assertEquals(now + 20_000, oversight.request(id).orElseThrow().deadline());
        now += 20_000;
        on(new OversightEvent.Late(id));
        assertEquals("expired", oversight.request(id).orElseThrow().state());
        assertTrue(effects.stream()
                .anyMatch(e ->
                        e instanceof OversightEffect.HandOff(var reason, var _) && reason == Reason.APPROVAL_EXPIRED));
    }

    @Test
    void aTurnThatNobodyAnsweredIsRejectedWhereThePolicySaysSo() {
        oversight = with(true, OnExpiry.REJECT, OnViolation.ALARM);
        String id = proposed("t1", "We refund you.");
        now += 20_000;
        on(new OversightEvent.Late(id));
        assertEquals("expired", oversight.request(id).orElseThrow().state());
        assertTrue(effects.stream().noneMatch(OversightEffect.HandOff.class::isInstance));
    }

    @Test
    void aTurnThatIsApprovedByTheDeadlineIsInTheTrailFirst() {
        oversight = with(true, OnExpiry.APPROVE, OnViolation.ALARM);
        String id = proposed("t1", "We refund you.");
        now += 20_000;
        on(new OversightEvent.Late(id));
        assertEquals(
                Decision.DEADLINE, only(OversightEffect.Write.class).decision().by());
        on(new OversightEvent.NotWritten(id));
        only(OversightEffect.Again.class);
        assertTrue(oversight.request(id).orElseThrow().pending());
        now += OversightStep.AGAIN_MS;
        on(new OversightEvent.Late(id));
        on(new OversightEvent.Written(id));
        assertEquals("approved", oversight.request(id).orElseThrow().state());
    }

    @Test
    void inHitlATurnThatWasNeverProposedIsAViolationAndInTheTranscript() {
        oversight = with(true, OnExpiry.HANDOFF, OnViolation.HANDOFF);
        on(new OversightEvent.TurnSpoken(turn("t9", "Good news!")));
        assertInstanceOf(OversightEffect.Said.class, effects.get(0));
        assertTrue(violation().detail().contains("never proposed"));
        assertEquals(
                Reason.APPROVAL_VIOLATED,
                assertInstanceOf(OversightEffect.HandOff.class, effects.get(2)).reason());
    }

    @Test
    void aTranscriberMayCutAnApprovedTurnIntoSentences() {
        oversight = with(true, OnExpiry.HANDOFF, OnViolation.ALARM);
        String id = proposed("t1", "Good news! We refund you tomorrow.");
        decide(id, Outcome.APPROVED, "rex", "r1");
        on(new OversightEvent.Written(id));
        on(new OversightEvent.TurnSpoken(turn("w-1", "good news")));
        assertEquals(List.of(), effects);
        on(new OversightEvent.TurnSpoken(turn("w-2", "We refund you, tomorrow.")));
        assertEquals(List.of(), effects);
    }

    @Test
    void leaveIsUsedUpByBeingSpokenOnce() {
        approved("t1", "Good news! We refund you tomorrow.");
        on(new OversightEvent.TurnSpoken(turn("t1", "Good news!")));
        assertEquals(List.of(), effects);
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you tomorrow.")));
        assertEquals(List.of(), effects);
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you tomorrow.")));
        assertTrue(violation().detail().contains("used up"), violation().detail());
        on(new OversightEvent.TurnSpoken(turn("w-7", "good news")));
        assertTrue(violation().detail().contains("used up"), violation().detail());
    }

    @Test
    void wordsThatWereApprovedTwiceMayBeSpokenTwiceAndNotAThirdTime() {
        approved("t1", "Yes. I will look. Yes.");
        for (int i = 0; i < 2; i++) {
            on(new OversightEvent.TurnSpoken(turn("w-" + i, "yes")));
            assertEquals(List.of(), effects);
        }
        on(new OversightEvent.TurnSpoken(turn("w-3", "yes")));
        assertTrue(violation().detail().contains("used up"), violation().detail());
        approved("t2", "Yes.");
        on(new OversightEvent.TurnSpoken(turn("w-4", "yes")));
        assertEquals(List.of(), effects);
    }

    @Test
    void whatStoodBeforeAndAfterSpokenWordsIsNoPhraseThatWasApproved() {
        approved("t1", "We do not refund you.");
        on(new OversightEvent.TurnSpoken(turn("w-1", "not")));
        on(new OversightEvent.TurnSpoken(turn("w-2", "We do refund you.")));
        assertTrue(violation().detail().contains("never proposed"), violation().detail());
    }

    @Test
    void leaveThatWasNotUsedEndsOnceALaterOneIsSpoken() {
        approved("t1", "We refund you.");
        approved("t2", "We do not refund you.");
        on(new OversightEvent.TurnSpoken(turn("t2", "We do not")));
        assertEquals(List.of(), effects);
        on(new OversightEvent.TurnSpoken(turn("t2", "refund you.")));
        assertEquals(List.of(), effects);
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you.")));
        assertTrue(violation().detail().contains("used up"), violation().detail());
    }

    @Test
    void aTurnThatWasStillWaitingWhenALaterOneWasSpokenKeepsItsLeave() {
        oversight = with(true, OnExpiry.HANDOFF, OnViolation.ALARM);
        String first = proposed("t1", "We refund you.");
        approve(proposed("t2", "One moment."));
        on(new OversightEvent.TurnSpoken(turn("t2", "One moment.")));
        approve(first);
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you.")));
        assertEquals(List.of(), effects);
    }

    @Test
    void aTurnWithoutWordsUsesNothingUp() {
        approved("t1", "Yes.");
        for (String text : List.of("…", "yes", "…")) {
            on(new OversightEvent.TurnSpoken(turn("w-" + text, text)));
            assertEquals(List.of(), effects);
        }
    }

    @Test
    void leaveEndsWithTheAgent() {
        approved("t1", "We refund you.");
        on(new OversightEvent.Over());
        on(new OversightEvent.TurnSpoken(turn("t1", "We refund you.")));
        assertTrue(violation().detail().contains("used up"), violation().detail());
    }

    /** In hitl. */
    private void approved(String turn, String text) {
        if (!oversight.rules().everyTurn()) {
            oversight = with(true, OnExpiry.HANDOFF, OnViolation.ALARM);
        }
        approve(proposed(turn, text));
    }

    private void approve(String id) {
        decide(id, Outcome.APPROVED, "rex", "r1");
        on(new OversightEvent.Written(id));
    }

    @Test
    void onTheLoopATurnNeedsNobody() {
        on(new OversightEvent.TurnSpoken(turn("t9", "Good news!")));
        only(OversightEffect.Said.class);
    }

    @Test
    void whatWasNotAllowedMayNotBeSaidUnderAnotherName() {
        oversight = with(false, OnExpiry.HANDOFF, OnViolation.ALARM);
        String id = proposed("t1", "You will get 900 dollars back.");
        on(new OversightEvent.TurnSpoken(turn("t2", "you will get 900 dollars back")));
        assertTrue(violation().detail().contains("pending"), violation().detail());
        on(new OversightEvent.Decide(id, saying(Outcome.REJECTED, null), "r1"));
        on(new OversightEvent.Written(id));
        on(new OversightEvent.TurnSpoken(turn("t3", "You will get 900 dollars back!")));
        assertTrue(violation().detail().contains("rejected"), violation().detail());
        on(new OversightEvent.TurnSpoken(turn("t4", "You will get it back.")));
        only(OversightEffect.Said.class);
    }
}
