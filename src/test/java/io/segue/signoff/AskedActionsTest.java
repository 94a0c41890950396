package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.signoff.Decision.Outcome;
import io.segue.signoff.OversightEffect.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskedActionsTest extends OversightUnderTest {
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
}
