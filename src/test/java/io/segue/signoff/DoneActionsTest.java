package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent.OnExpiry;
import io.segue.agent.Agent.OnViolation;
import io.segue.handoff.Reason;
import io.segue.signoff.Decision.Outcome;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoneActionsTest extends OversightUnderTest {
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
}
