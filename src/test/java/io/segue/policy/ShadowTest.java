package io.segue.policy;

import static io.segue.policy.Policies.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.policy.Condition.IntentIn;
import io.segue.policy.Condition.Within;
import io.segue.policy.Shadow.Difference;
import io.segue.policy.Shadow.PastCall;
import io.segue.policy.Shadow.Report;
import io.segue.policy.Shadow.Verdict;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShadowTest {
    private static final Instant NINE = Instant.parse("2026-01-12T09:00:00Z");
    private static final EscalationPolicy STRICT = Policies.of(0.9, Map.of());
    private static final EscalationPolicy LAX = Policies.of(0.5, Map.of());

    private static Turn sure(String id, double confidence) {
        return Said.caller("hello").confidence(confidence).turn(id, 0);
    }

    private static PastCall call(String id, Turn... turns) {
        return new PastCall(id, NINE, List.of(turns), null);
    }

    private static Report replay(EscalationPolicy current, EscalationPolicy draft, PastCall... calls) {
        Shadow shadow = new Shadow(current, draft, 1_000);
        for (PastCall call : calls) {
            shadow.see(call);
        }
        return shadow.report();
    }

    @Test
    void saysHowManyCallsTheDraftWouldHaveHandedOffAndWhichDiffer() {
        Report report = replay(
                LAX,
                STRICT,
                call("fine", sure("1", 0.99), sure("2", 0.98)),
                call("doubt", sure("1", 0.99), sure("2", 0.7)),
                call("bad", sure("1", 0.3)),
                call("sooner", sure("1", 0.8), sure("2", 0.3)));
        assertEquals(4, report.calls());
        assertEquals(7, report.turns());
        assertEquals(2, report.handoffs());
        assertEquals(3, report.draftHandoffs());
        assertEquals(2, report.differ());
        assertEquals(
                List.of(
                        new Difference(
                                "doubt",
                                null,
                                new Verdict("2", "low_confidence", "confidence 0.7 below 0.9", Whom.ANYBODY)),
                        new Difference(
                                "sooner",
                                new Verdict("2", "low_confidence", "confidence 0.3 below 0.5", Whom.ANYBODY),
                                new Verdict("1", "low_confidence", "confidence 0.8 below 0.9", Whom.ANYBODY))),
                report.differences());
    }

    @Test
    void aDraftThatSendsACallToAnotherQueueDiffers() {
        EscalationPolicy billing = Policies.of(
                0.5, Map.of("pay", new IntentSettings(null, null, new Whom("billing", List.of(), null), null)));
        Turn turn = Said.caller("pay").intent("pay").confidence(0.2).turn("1", 0);
        assertEquals(1, replay(LAX, billing, call("c", turn)).differ());
        assertEquals(0, replay(billing, billing, call("c", turn)).differ());
    }

    @Test
    void asksRulesOfHoursAtTheTurnsOwnTime() {
        EscalationPolicy afterTen = Policies.of(
                rule("late", new Within(new Hours(Set.of(DayOfWeek.MONDAY), 10 * 60, 24 * 60, ZoneId.of("UTC")))));
        Turn early = Said.caller("one").turn("1", 3_599_999);
        Turn late = Said.caller("two").turn("2", 3_600_000);
        Difference difference =
                replay(LAX, afterTen, call("c", early, late)).differences().getFirst();
        assertNull(difference.current());
        assertEquals(new Verdict("2", "policy_rule", "rule late", Whom.ANYBODY), difference.draft());
    }

    @Test
    void judgesNothingThatWasSaidOnceAHumanHadTheCaller() {
        Turn low = sure("3", 0.1);
        Turn human = new Turn("2", Speaker.HUMAN, "hi", null, null, null, null, Map.of(), 0, 0, false);
        assertEquals(
                0, replay(LAX, STRICT, call("c", sure("1", 0.99), human, low)).draftHandoffs());
        PastCall handedOff = new PastCall(
                "c",
                NINE,
                List.of(sure("1", 0.99), Said.caller("x").confidence(0.1).turn("2", 5_000)),
                5_000L);
        assertEquals(0, replay(LAX, STRICT, handedOff).draftHandoffs());
        PastCall later = new PastCall("c", NINE, handedOff.turns(), 5_001L);
        assertEquals(1, replay(LAX, STRICT, later).draftHandoffs());
    }

    @Test
    void countsAllDifferencesAndListsAsManyAsTheLimit() {
        EscalationPolicy always = Policies.of(rule("x", new IntentIn(List.of("x"))));
        Shadow shadow = new Shadow(LAX, always, 3);
        for (int i = 0; i < 4; i++) {
            shadow.see(call("c" + i, Said.caller("x").intent("x").turn("1", 0)));
        }
        assertEquals(4, shadow.report().differ());
        assertEquals(3, shadow.report().differences().size());
    }
}
