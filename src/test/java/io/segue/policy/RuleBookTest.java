package io.segue.policy;

import static io.segue.policy.Policies.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.handoff.Reason;
import io.segue.policy.Condition.All;
import io.segue.policy.Condition.Any;
import io.segue.policy.Condition.ConfidenceAtLeast;
import io.segue.policy.Condition.ConfidenceBelow;
import io.segue.policy.Condition.HasEntity;
import io.segue.policy.Condition.IntentIn;
import io.segue.policy.Condition.LanguageIn;
import io.segue.policy.Condition.LowTurns;
import io.segue.policy.Condition.Not;
import io.segue.policy.Condition.Repeats;
import io.segue.policy.Condition.SaidBy;
import io.segue.policy.Condition.SaysOneOf;
import io.segue.policy.Condition.SentimentBelow;
import io.segue.policy.Condition.SentimentSlopeBelow;
import io.segue.policy.Condition.Turns;
import io.segue.policy.Decision.Carry;
import io.segue.policy.Decision.HandOff;
import io.segue.policy.Decision.Prewarm;
import io.segue.policy.Rule.Outcome;
import io.segue.turn.Speaker;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final Said FINE = Said.caller("hello").confidence(0.99);

    /** Whether a condition holds of the last of these turns. */
    private static boolean holds(Condition condition, Said... turns) {
        return decided(Policies.of(rule("r", condition)), turns) instanceof HandOff handOff
                && handOff.detail().equals("rule r");
    }

    /** The decision on the last of these turns; the others were carried. */
    private static Decision decided(EscalationPolicy policy, Said... turns) {
        History history = History.NONE;
        Decision decision = new Carry(false);
        for (Said said : turns) {
            Escalation.Judged judged =
                    Escalation.judge(policy, history, new Signal.TurnSaid(said.turn()), Instant.EPOCH);
            history = judged.history();
            decision = judged.decision();
        }
        return decision;
    }

    @Test
    void theFirstRuleThatHoldsDecidesBeforeTheSimpleFields() {
        EscalationPolicy policy = Policies.of(
                rule("one", new SaidBy(Speaker.AGENT), Outcome.HANDOFF, Whom.ANYBODY),
                rule("two", new ConfidenceBelow(0.5), Outcome.CARRY, Whom.ANYBODY),
                rule("three", new ConfidenceBelow(0.6), Outcome.PREWARM, new Whom("billing", List.of("en"), 7)));
        assertEquals(
                new Carry(true), decided(policy, Said.caller("representative").confidence(0.4)));
        assertEquals(
                new Prewarm(Reason.POLICY_RULE, "rule three", new Whom("billing", List.of("en"), 7)),
                decided(policy, FINE.confidence(0.55)));
        assertEquals(
                Reason.LOW_CONFIDENCE,
                assertInstanceOf(HandOff.class, decided(policy, FINE.confidence(0.7)))
                        .reason());
    }

    @Test
    void aRuleThatIsSwitchedOffIsPassedOver() {
        Rule off = new Rule("off", Condition.ALWAYS, new Rule.Then(Outcome.HANDOFF, null, Whom.ANYBODY), false);
        assertEquals(new Carry(true), decided(Policies.of(off), FINE));
    }

    @Test
    void aRuleSaysItsReasonAndAnIntentFillsInWhomTheRuleLeavesOpen() {
        Rule named = new Rule(
                "vip",
                new IntentIn(List.of("refund")),
                new Rule.Then(Outcome.HANDOFF, Reason.CALLER_REQUEST, new Whom(null, List.of(), 9)),
                true);
        IntentSettings refunds = new IntentSettings(0.2, 0.0, new Whom("refunds", List.of("de"), 3), null);
        assertEquals(
                new HandOff(Reason.CALLER_REQUEST, "rule vip", new Whom("refunds", List.of("de"), 9)),
                decided(Policies.of(0.85, Map.of("refund", refunds), named), FINE.intent("refund")));
    }

    @Test
    void anIntentHasAMarginQueueSkillsAndPriorityOfItsOwn() {
        Whom whom = new Whom("refunds", List.of("de"), 3);
        EscalationPolicy policy = Policies.of(0.85, Map.of("refund", new IntentSettings(0.6, 0.2, whom, null)));
        assertEquals(
                whom,
                assertInstanceOf(
                                HandOff.class,
                                decided(policy, FINE.intent("refund").confidence(0.59)))
                        .whom());
        assertEquals(
                whom,
                assertInstanceOf(
                                Prewarm.class,
                                decided(policy, FINE.intent("refund").confidence(0.79)))
                        .whom());
        assertEquals(new Carry(true), decided(policy, FINE.intent("refund").confidence(0.81)));
        // A phrase without an intent is still about what the caller wanted last.
        assertEquals(
                whom,
                assertInstanceOf(
                                HandOff.class,
                                decided(policy, FINE.intent("refund"), Said.caller("a representative, please")))
                        .whom());
    }

    @Test
    void allAnyAndNotMeanWhatTheySay() {
        Condition yes = new SaidBy(Speaker.CALLER);
        Condition no = new SaidBy(Speaker.AGENT);
        assertTrue(holds(new All(List.of()), FINE));
        assertTrue(holds(new All(List.of(yes, yes)), FINE));
        assertFalse(holds(new All(List.of(yes, no)), FINE));
        assertFalse(holds(new Any(List.of()), FINE));
        assertTrue(holds(new Any(List.of(no, yes)), FINE));
        assertFalse(holds(new Any(List.of(no, no)), FINE));
        assertTrue(holds(new Not(no), FINE));
        assertFalse(holds(new Not(new All(List.of())), FINE));
    }

    @Test
    void whatATurnDoesNotHaveIsNeitherBelowNorAtLeast() {
        Said bare = Said.agent("hm");
        for (Condition condition : List.of(
                new ConfidenceBelow(1),
                new ConfidenceAtLeast(0),
                new SentimentBelow(1),
                new IntentIn(List.of("*")),
                new LanguageIn(List.of("en")),
                new HasEntity("amount", null),
                new SaysOneOf(List.of("hm")))) {
            assertFalse(holds(condition, bare), condition.toString());
            assertTrue(holds(new Not(condition), bare), condition.toString());
        }
    }

    @Test
    void figuresCountBelowTheirLimitAndNotAtIt() {
        assertTrue(holds(new ConfidenceBelow(0.9), FINE.confidence(0.8999)));
        assertFalse(holds(new ConfidenceBelow(0.9), FINE.confidence(0.9)));
        assertTrue(holds(new ConfidenceAtLeast(0.9), FINE.confidence(0.9)));
        assertFalse(holds(new ConfidenceAtLeast(0.9), FINE.confidence(0.8999)));
        assertTrue(holds(new SentimentBelow(-0.2), FINE.sentiment(-0.21)));
        assertFalse(holds(new SentimentBelow(-0.2), FINE.sentiment(-0.2)));
    }

    @Test
    void intentsMatchWholeOrByTheirBeginning() {
        Condition condition = new IntentIn(List.of("pay", "refund_*"));
        assertTrue(holds(condition, FINE.intent("pay")));
        assertTrue(holds(condition, FINE.intent("refund_")));
        assertTrue(holds(condition, FINE.intent("refund_dispute")));
        assertFalse(holds(condition, FINE.intent("payment")));
        assertFalse(holds(condition, FINE.intent("refund")));
    }

    @Test
    void aLanguageTakesItsKindsAndNotItsNeighbours() {
        Condition condition = new LanguageIn(List.of("en", "DE-ch"));
        assertTrue(holds(condition, FINE.language("en")));
        assertTrue(holds(condition, FINE.language("EN-gb")));
        assertTrue(holds(condition, FINE.language("de-CH")));
        assertFalse(holds(condition, FINE.language("enm")));
        assertFalse(holds(condition, FINE.language("de")));
    }

    @Test
    void phrasesOfManyRulesAreFoundAsWholeWordsOfTheCaller() {
        EscalationPolicy policy = Policies.of(
                rule("a", new SaysOneOf(List.of("close my account", "close"))),
                rule("b", new SaysOneOf(List.of("close my account now", "lawyer"))));
        assertEquals("rule a", detail(decided(policy, Said.caller("Please CLOSE my account!"))));
        assertEquals("rule b", detail(decided(policy, Said.caller("I'll call my Lawyer."))));
        assertEquals(new Carry(false), decided(policy, Said.caller("it was closed by lawyers")));
        assertEquals(new Carry(false), decided(policy, Said.agent("shall I close my account?")));
    }

    private static String detail(Decision decision) {
        return assertInstanceOf(HandOff.class, decision).detail();
    }

    @Test
    void repeatsCountTheSameIntentOrWordsInARow() {
        Condition intent = new Repeats(Repeats.Of.INTENT, 3);
        Said a = Said.caller("where is it").intent("status").confidence(0.99);
        Said b = Said.caller("and that?").intent("other").confidence(0.99);
        assertFalse(holds(intent, a, a));
        assertTrue(holds(intent, a, Said.agent("one moment"), a, Said.caller("hm"), a));
        assertFalse(holds(intent, a, a, b, a));
        Condition text = new Repeats(Repeats.Of.TEXT, 2);
        assertTrue(holds(text, Said.caller("An agent!"), Said.agent("what?"), Said.caller("an  agent")));
        assertFalse(holds(text, Said.caller("an agent"), Said.caller("hm"), Said.caller("an agent")));
    }

    @Test
    void lowTurnsCountInARowByTheThresholdOfTheirIntent() {
        EscalationPolicy policy = Policies.of(
                0.5,
                Map.of("strict", IntentSettings.of(0.9)),
                rule("low", new LowTurns(3)),
                rule("else", Condition.ALWAYS, Outcome.CARRY, Whom.ANYBODY));
        Said low = FINE.confidence(0.4);
        Said strict = FINE.confidence(0.8).intent("strict");
        assertEquals(new Carry(true), decided(policy, low, low));
        assertEquals("rule low", detail(decided(policy, low, strict, Said.agent("hm"), low)));
        assertEquals(new Carry(true), decided(policy, low, low, FINE, low));
    }

    @Test
    void turnsCountBothSides() {
        assertFalse(holds(new Turns(3), FINE, Said.agent("yes")));
        assertTrue(holds(new Turns(3), FINE, Said.agent("yes"), FINE));
    }

    @Test
    void entitiesAreThereOrHaveAValue() {
        assertTrue(holds(new HasEntity("amount", null), FINE.entity("amount", 5)));
        assertFalse(holds(new HasEntity("amount", null), FINE.entity("other", 5)));
        assertTrue(holds(new HasEntity("amount", 5), FINE.entity("amount", 5.0)));
        assertFalse(holds(new HasEntity("amount", 5), FINE.entity("amount", "5")));
        assertTrue(holds(new HasEntity("tier", "gold"), FINE.entity("tier", "gold")));
        assertTrue(holds(new HasEntity("vip", true), FINE.entity("vip", true)));
    }

    @Test
    void theSlopeOfTheMoodIsThatOfTheStraightLineThroughTheLatestTurns() {
        Condition falling = new SentimentSlopeBelow(-0.19, 3);
        assertFalse(holds(falling, mood(0.4), mood(0.0)), "two of three");
        assertTrue(holds(falling, mood(0.4), mood(0.2), mood(0.0)));
        assertFalse(holds(new SentimentSlopeBelow(-0.21, 3), mood(0.4), mood(0.2), mood(0.0)));
        assertTrue(holds(falling, mood(-0.4), mood(0.4), mood(0.2), mood(0.0)), "only the latest count");
        assertFalse(holds(falling, mood(0.4), mood(-0.4), mood(0.4)));
        // Least squares by hand: 0.6, 0.1, 0.2, -0.3 have -0.26 per turn.
        assertTrue(holds(new SentimentSlopeBelow(-0.259, 4), mood(0.6), mood(0.1), mood(0.2), mood(-0.3)));
        assertFalse(holds(new SentimentSlopeBelow(-0.261, 4), mood(0.6), mood(0.1), mood(0.2), mood(-0.3)));
    }

    @Test
    void theHistoryKeepsAsManyMoodsAsASlopeMayAskForAndNoMore() {
        History history = History.NONE;
        for (int i = 0; i < History.SENTIMENTS_MAX + 5; i++) {
            history = history.plus(mood(i / 100.0).turn(), EscalationPolicy.defaults());
        }
        assertEquals(History.SENTIMENTS_MAX, history.sentiments().size());
        assertEquals(0.05, history.sentiments().getFirst());
        assertEquals(0.01, history.sentimentSlope(History.SENTIMENTS_MAX), 1e-9);
    }

    private static Said mood(double sentiment) {
        return FINE.sentiment(sentiment);
    }
}
