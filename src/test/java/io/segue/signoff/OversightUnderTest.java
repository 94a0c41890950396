package io.segue.signoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.agent.Agent;
import io.segue.agent.Agent.OnExpiry;
import io.segue.agent.Agent.OnViolation;
import io.segue.signoff.Decision.Outcome;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A call's oversight, stepped by a test, and what the latest step asked for. */
abstract class OversightUnderTest {
    static final String CALL = "c".repeat(32);

    static final List<Agent.Boundary> BOUNDARIES = List.of(
            new Agent.Boundary("payment.authorize", 500.0, "USD"), new Agent.Boundary("clinical.*", null, null));

    final List<OversightEffect> effects = new ArrayList<>();
    Oversight oversight = with(false, OnExpiry.HANDOFF, OnViolation.ALARM);
    long now = 1_000_000;

    String asked(String action) {
        on(new OversightEvent.ActionAsked(payment(action, "900")));
        return only(OversightEffect.Ask.class).request().id();
    }

    String proposed(String turn, String text) {
        on(new OversightEvent.TurnProposed(turn(turn, text)));
        return assertInstanceOf(OversightEffect.Ask.class, effects.getFirst())
                .request()
                .id();
    }

    void decide(String id, Outcome outcome, String by, String ref) {
        on(new OversightEvent.Decide(
                id, new Decision(outcome, by, "specialist", now, null, null, null, null, null), ref));
    }

    Decision saying(Outcome outcome, String text) {
        return new Decision(outcome, "rex", "reviewer", now, null, null, null, null, text);
    }

    void on(OversightEvent event) {
        OversightStep.Result result = OversightStep.step(oversight, event, now);
        oversight = result.oversight();
        effects.clear();
        effects.addAll(result.effects());
    }

    <T> T only(Class<T> type) {
        assertEquals(1, effects.size(), effects::toString);
        return assertInstanceOf(type, effects.getFirst());
    }

    OversightEffect.Violation violation() {
        return effects.stream()
                .filter(OversightEffect.Violation.class::isInstance)
                .map(OversightEffect.Violation.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static Oversight with(boolean everyTurn, OnExpiry onExpiry, OnViolation onViolation) {
        return Oversight.of(CALL, new Rules(everyTurn, BOUNDARIES, 120_000, 20_000, onExpiry, onViolation));
    }

    static Action payment(String id, String amount) {
        return payment(id, amount, Map.of("to", "x"));
    }

    static Action payment(String id, String amount, Map<String, Object> payload) {
        return new Action(
                id, "payment.authorize", amount == null ? null : new BigDecimal(amount), "USD", "pay", payload);
    }

    static Action paying(String id, Map<String, Object> payload) {
        return new Action(id, "note.write", null, null, null, payload);
    }

    static Turn turn(String id, String text) {
        return new Turn(id, Speaker.AGENT, text, null, null, null, null, Map.of(), 0, 0, true);
    }
}
