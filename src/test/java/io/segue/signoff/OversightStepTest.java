package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.agent.Agent.OnExpiry;
import io.segue.agent.Agent.OnViolation;
import io.segue.handoff.Reason;
import io.segue.signoff.Decision.Outcome;
import io.segue.signoff.OversightEffect.Answer;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OversightStepTest {
    private static final String CALL = "c".repeat(32);
    private static final List<Agent.Boundary> BOUNDARIES = List.of(
            new Agent.Boundary("payment.authorize", 500.0, "USD"), new Agent.Boundary("clinical.*", null, null));

    private final List<OversightEffect> effects = new ArrayList<>();
    private Oversight oversight = with(false, OnExpiry.HANDOFF, OnViolation.ALARM);
    private long now = 1_000_000;

    // Actions.

    @Test
    void anActionWithinTheBoundariesIsApprovedAtOnceByThePolicy() {
        on(new OversightEvent.ActionAsked(payment("a1", "500.00")));
        Decision decision = only(OversightEffect.Tell.class).decision();
        assertEquals(Outcome.APPROVED, decision.outcome());
        assertEquals(Decision.POLICY, decision.by());
    }

    @Test
    void anActionPastABoundaryWaitsForAPerson() {
        on(new OversightEvent.ActionAsked(payment("a1", "500.01")));
        Request request = only(OversightEffect.Ask.class).request();
        assertEquals(CALL + "-s1", request.id());
        assertEquals(now + 120_000, request.deadline());
        assertTrue(request.pending());
    }

    @Test
    void aDecisionHoldsOnlyOnceItIsInTheTrail() {
        String id = asked("a1");
        decide(id, Outcome.APPROVED, "sam", "r1");
        assertEquals("sam", only(OversightEffect.Write.class).decision().by());
        assertTrue(oversight.request(id).orElseThrow().pending());
        on(new OversightEvent.Written(id));
        assertEquals(2, effects.size());
        assertEquals(
                Outcome.APPROVED,
                assertInstanceOf(OversightEffect.Tell.class, effects.get(0))
                        .decision()
                        .outcome());
        assertInstanceOf(
                Answer.Decided.class,
                assertInstanceOf(OversightEffect.Reply.class, effects.get(1)).answer());
        assertEquals("approved", oversight.request(id).orElseThrow().state());
    }

    @Test
    void ofTwoDecisionsTheFirstWinsAndTheSecondIsToldWhoAndWhen() {
        String id = asked("a1");
        decide(id, Outcome.REJECTED, "sam", "r1");
        long first = now;
        now += 5;
        decide(id, Outcome.APPROVED, "sue", "r2");
        Answer.Taken taken = assertInstanceOf(
                Answer.Taken.class, only(OversightEffect.Reply.class).answer());
        assertEquals("sam", taken.first().by());
        assertEquals(first, taken.first().at());
        on(new OversightEvent.Written(id));
        decide(id, Outcome.APPROVED, "sue", "r3");
        assertInstanceOf(Answer.Taken.class, only(OversightEffect.Reply.class).answer());
        assertEquals("rejected", oversight.request(id).orElseThrow().state());
    }

    @Test
    void aDecisionThatCannotBeWrittenLeavesTheActionWaiting() {
        String id = asked("a1");
        decide(id, Outcome.APPROVED, "sam", "r1");
        on(new OversightEvent.NotWritten(id));
        assertInstanceOf(
                Answer.NotWritten.class, only(OversightEffect.Reply.class).answer());
        assertTrue(oversight.request(id).orElseThrow().pending());
        decide(id, Outcome.APPROVED, "sam", "r2");
        on(new OversightEvent.Written(id));
        assertEquals("approved", oversight.request(id).orElseThrow().state());
    }

    @Test
    void nobodyAnsweringExpiresIt() {
        String id = asked("a1");
        now += 120_000;
        on(new OversightEvent.Late(id));
        assertEquals(
                Outcome.EXPIRED, only(OversightEffect.Tell.class).decision().outcome());
        decide(id, Outcome.APPROVED, "sam", "r1");
        assertEquals(
                Outcome.EXPIRED,
                assertInstanceOf(
                                Answer.Taken.class,
                                only(OversightEffect.Reply.class).answer())
                        .first()
                        .outcome());
    }

    @Test
    void theLastMillisecondCountsAndTheDeadlineDoesNot() {
        String early = asked("a1");
        now += 119_999;
        decide(early, Outcome.APPROVED, "sam", "r1");
        only(OversightEffect.Write.class);
        String late = asked("a2");
        now += 120_000;
        decide(late, Outcome.APPROVED, "sam", "r2");
        assertEquals("expired", oversight.request(late).orElseThrow().state());
        assertInstanceOf(
                Answer.Taken.class,
                assertInstanceOf(OversightEffect.Reply.class, effects.getLast()).answer());
    }

    @Test
    void aDeadlineDuringTheWritingWaitsForIt() {
        String id = asked("a1");
        now += 119_999;
        decide(id, Outcome.APPROVED, "sam", "r1");
        now += 10;
        on(new OversightEvent.Late(id));
        assertEquals(List.of(), effects);
        on(new OversightEvent.NotWritten(id));
        assertEquals("expired", oversight.request(id).orElseThrow().state());
    }

    @Test
    void theSameQuestionAgainGetsTheSameAnswer() {
        String id = asked("a1");
        on(new OversightEvent.ActionAsked(payment("a1", "900")));
        assertEquals(List.of(), effects);
        decide(id, Outcome.APPROVED, "sam", "r1");
        on(new OversightEvent.Written(id));
        on(new OversightEvent.ActionAsked(payment("a1", "900")));
        assertEquals(id, only(OversightEffect.Repeat.class).request().id());
    }

    @Test
    void anotherQuestionUnderTheSameNameIsRefused() {
        asked("a1");
        on(new OversightEvent.ActionAsked(payment("a1", "901")));
        assertEquals("duplicate_id", only(OversightEffect.Complain.class).code());
    }

    @Test
    void aPayloadMayHaveItsLimitAndNotOneCharacterMore() {
        int frame = "{\"k\":\"\"}".length();
        on(new OversightEvent.ActionAsked(paying("a1", Map.of("k", "x".repeat(Payloads.CHARS_MAX - frame)))));
        only(OversightEffect.Tell.class);
        on(new OversightEvent.ActionAsked(paying("a2", Map.of("k", "x".repeat(Payloads.CHARS_MAX - frame + 1)))));
        assertEquals("invalid_action", only(OversightEffect.Complain.class).code());
        on(new OversightEvent.ActionAsked(paying("a3", Map.of("k", Double.POSITIVE_INFINITY))));
        assertTrue(only(OversightEffect.Complain.class).message().contains("too large"));
    }

    @Test
    void thirtyTwoMayWaitAndOneMoreIsRefused() {
        for (int i = 1; i <= Oversight.PENDING_MAX; i++) {
            asked("a" + i);
        }
        on(new OversightEvent.ActionAsked(payment("b", "900")));
        assertEquals("too_many_requests", only(OversightEffect.Complain.class).code());
        assertEquals(Oversight.PENDING_MAX, oversight.pending().size());
    }

    @Test
    void aThousandMayBeAskedAndOneMoreIsRefused() {
        for (int i = 1; i <= Oversight.REQUESTS_MAX; i++) {
            on(new OversightEvent.ActionAsked(payment("a" + i, "1")));
            only(OversightEffect.Tell.class);
        }
        on(new OversightEvent.ActionAsked(payment("b", "1")));
        assertEquals("too_many_requests", only(OversightEffect.Complain.class).code());
    }

    @Test
    void whatNobodyCanBeToldAnyMoreExpires() {
        String id = asked("a1");
        String claimed = asked("a2");
        decide(claimed, Outcome.APPROVED, "sam", "r1");
        on(new OversightEvent.Over());
        assertEquals("expired", oversight.request(id).orElseThrow().state());
        assertTrue(oversight.request(claimed).orElseThrow().pending(), "what is in the trail already holds");
        on(new OversightEvent.Written(claimed));
        assertEquals("approved", oversight.request(claimed).orElseThrow().state());
    }

    @Test
    void somebodyElsesRequestIsUnknown() {
        decide("x-s1", Outcome.APPROVED, "sam", "r1");
        assertInstanceOf(Answer.Unknown.class, only(OversightEffect.Reply.class).answer());
    }

    // Violations of sign-offs.

    @Test
    void anActionDoneAsItWasApprovedIsNoViolation() {
        String id = asked("a1");
        decide(id, Outcome.APPROVED, "sam", "r1");
        on(new OversightEvent.Written(id));
        on(new OversightEvent.ActionDone(payment("a1", "900")));
        assertEquals(id, only(OversightEffect.Done.class).request().id());
    }

    @Test
    void anActionDoneBeforeItsSignOffIsAViolation() {
        asked("a1");
        on(new OversightEvent.ActionDone(payment("a1", null)));
        OversightEffect.Violation violation = only(OversightEffect.Violation.class);
        assertEquals("a1", violation.subject());
        assertTrue(violation.detail().contains("its sign-off is pending"), violation.detail());
    }

    @Test
    void anActionNeverAskedForIsAViolationPastTheBoundaryOnly() {
        on(new OversightEvent.ActionDone(payment("a7", "500.01")));
        only(OversightEffect.Violation.class);
        on(new OversightEvent.ActionDone(payment("a8", "500.00")));
        assertNull(only(OversightEffect.Done.class).request());
    }

    @Test
    void doingMoreThanWasAllowedIsAViolation() {
        String id = asked("a1");
        Decision edited = new Decision(
                Outcome.EDITED, "sam", "specialist", now, null, Map.of("to", "y"), new BigDecimal("600"), null, null);
        on(new OversightEvent.Decide(id, edited, "r1"));
        on(new OversightEvent.Written(id));
        on(new OversightEvent.ActionDone(payment("a1", "600.01", Map.of())));
        only(OversightEffect.Violation.class);
        on(new OversightEvent.ActionDone(payment("a1", "600.00", Map.of())));
        only(OversightEffect.Done.class);
    }

    @Test
    void doingItWithAnotherPayloadThanWasAllowedIsAViolation() {
        String id = asked("a1");
        on(new OversightEvent.Decide(
                id,
                new Decision(
                        Outcome.EDITED, "sam", "specialist", now, null, Map.of("to", "y", "n", 1), null, null, null),
                "r1"));
        on(new OversightEvent.Written(id));
        on(new OversightEvent.ActionDone(payment("a1", "900", Map.of("to", "x"))));
        only(OversightEffect.Violation.class);
        on(new OversightEvent.ActionDone(payment("a1", "900", Map.of("to", Double.POSITIVE_INFINITY))));
        only(OversightEffect.Violation.class);
        on(new OversightEvent.ActionDone(payment("a1", "900", Map.of("n", 1.0, "to", "y"))));
        only(OversightEffect.Done.class);
    }

    @Test
    void aPersonWhoIsNamedLikeThePolicyIsNotTakenForIt() {
        String id = asked("a1");
        decide(id, Outcome.APPROVED, Decision.POLICY, "r1");
        on(new OversightEvent.Written(id));
        assertFalse(oversight.request(id).orElseThrow().decision().isByPolicy());
        on(new OversightEvent.ActionAsked(payment("a2", "10")));
        assertTrue(only(OversightEffect.Tell.class).decision().isByPolicy());
    }

    @Test
    void askingForLittleAndDoingMuchIsAViolation() {
        on(new OversightEvent.ActionAsked(payment("a1", "10")));
        on(new OversightEvent.ActionDone(payment("a1", "5000")));
        only(OversightEffect.Violation.class);
    }

    @Test
    void aViolationHandsOffWhereThePolicySaysSo() {
        oversight = with(false, OnExpiry.HANDOFF, OnViolation.HANDOFF);
        on(new OversightEvent.ActionDone(payment("a1", "900")));
        assertInstanceOf(OversightEffect.Violation.class, effects.get(0));
        assertEquals(
                Reason.SIGNOFF_VIOLATED,
                assertInstanceOf(OversightEffect.HandOff.class, effects.get(1)).reason());
    }

    // Turns.

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

    private String asked(String action) {
        on(new OversightEvent.ActionAsked(payment(action, "900")));
        return only(OversightEffect.Ask.class).request().id();
    }

    private String proposed(String turn, String text) {
        on(new OversightEvent.TurnProposed(turn(turn, text)));
        return assertInstanceOf(OversightEffect.Ask.class, effects.getFirst())
                .request()
                .id();
    }

    private void decide(String id, Outcome outcome, String by, String ref) {
        on(new OversightEvent.Decide(
                id, new Decision(outcome, by, "specialist", now, null, null, null, null, null), ref));
    }

    private Decision saying(Outcome outcome, String text) {
        return new Decision(outcome, "rex", "reviewer", now, null, null, null, null, text);
    }

    private void on(OversightEvent event) {
        OversightStep.Result result = OversightStep.step(oversight, event, now);
        oversight = result.oversight();
        effects.clear();
        effects.addAll(result.effects());
    }

    private <T> T only(Class<T> type) {
        assertEquals(1, effects.size(), effects::toString);
        return assertInstanceOf(type, effects.getFirst());
    }

    private OversightEffect.Violation violation() {
        return effects.stream()
                .filter(OversightEffect.Violation.class::isInstance)
                .map(OversightEffect.Violation.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Oversight with(boolean everyTurn, OnExpiry onExpiry, OnViolation onViolation) {
        return Oversight.of(CALL, new Rules(everyTurn, BOUNDARIES, 120_000, 20_000, onExpiry, onViolation));
    }

    private static Action payment(String id, String amount) {
        return payment(id, amount, Map.of("to", "x"));
    }

    private static Action payment(String id, String amount, Map<String, Object> payload) {
        return new Action(
                id, "payment.authorize", amount == null ? null : new BigDecimal(amount), "USD", "pay", payload);
    }

    private static Action paying(String id, Map<String, Object> payload) {
        return new Action(id, "note.write", null, null, null, payload);
    }

    private static Turn turn(String id, String text) {
        return new Turn(id, Speaker.AGENT, text, null, null, null, null, Map.of(), 0, 0, true);
    }
}
