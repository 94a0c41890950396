package io.segue.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.segue.handoff.Reason;
import io.segue.policy.Decision.Carry;
import io.segue.policy.Decision.HandOff;
import io.segue.policy.Decision.Prewarm;
import io.segue.policy.EscalationPolicy.Cut;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscalationTest {
    private static final EscalationPolicy POLICY = new EscalationPolicy(
            0.85,
            Map.of("refund_dispute", IntentSettings.of(0.92)),
            0.05,
            2,
            15,
            false,
            -0.5,
            Phrasebook.of(List.of("representative", "real person")),
            "0",
            10,
            6,
            Cut.NOW,
            5_000,
            400,
            120,
            RuleBook.EMPTY);

    @Test
    void handsOffBelowTheThresholdAndNotAtIt() {
        assertEquals(Reason.LOW_CONFIDENCE, handOff(turn("x", 0.8499, null)).reason());
        assertInstanceOf(Prewarm.class, decide(turn("x", 0.85, null)));
    }

    @Test
    void prewarmsBelowThresholdPlusMarginAndNotAtIt() {
        assertInstanceOf(Prewarm.class, decide(turn("x", 0.899, null)));
        assertEquals(new Carry(true), decide(turn("x", 0.9001, null)));
    }

    @Test
    void anIntentHasAThresholdOfItsOwn() {
        assertEquals(
                Reason.LOW_CONFIDENCE,
                handOff(turn("refund_dispute", 0.91, null)).reason());
        assertInstanceOf(Prewarm.class, decide(turn("refund_dispute", 0.92, null)));
    }

    @Test
    void aTurnWithoutConfidenceIsNoReasonAndNoGoodTurn() {
        assertEquals(new Carry(false), decide(turn("x", null, null)));
    }

    @Test
    void handsOffBelowTheSentimentFloorAndNotAtIt() {
        assertEquals(Reason.NEGATIVE_SENTIMENT, handOff(turn("x", 0.99, -0.51)).reason());
        assertEquals(new Carry(true), decide(turn("x", 0.99, -0.5)));
    }

    @Test
    void phrasesAreWholeWordsWhateverTheirCaseAndPunctuation() {
        assertEquals(
                Reason.PHRASE,
                handOff(said(Speaker.CALLER, "A REAL,  person please!")).reason());
        assertEquals(new Carry(false), decide(said(Speaker.CALLER, "you misrepresentative")));
    }

    @Test
    void theAgentsOwnWordsAreNoPhrase() {
        assertEquals(new Carry(false), decide(said(Speaker.AGENT, "shall I get a representative?")));
    }

    @Test
    void digitsMatchAtTheEndOfWhatWasPressed() {
        assertEquals(
                Reason.DTMF,
                assertInstanceOf(HandOff.class, decide(new Signal.DigitsPressed("120")))
                        .reason());
        assertEquals(new Carry(false), decide(new Signal.DigitsPressed("01")));
    }

    @Test
    void silenceCountsFromItsLimitOn() {
        assertEquals(new Carry(false), decide(new Signal.CallerQuiet(9)));
        assertInstanceOf(HandOff.class, decide(new Signal.CallerQuiet(10)));
        assertEquals(new Carry(false), decide(new Signal.AgentQuiet(5)));
        assertInstanceOf(HandOff.class, decide(new Signal.AgentQuiet(6)));
    }

    @Test
    void aPolicyWithoutSilenceLimitsNeverHandsOffForSilence() {
        assertEquals(new Carry(false), decide(EscalationPolicy.defaults(), new Signal.CallerQuiet(100_000)));
    }

    @Test
    void theAgentsRequestIsHeededAndItsReasonKept() {
        HandOff asked = assertInstanceOf(HandOff.class, decide(new Signal.AgentAsked("caller_request")));
        assertEquals(Reason.CALLER_REQUEST, asked.reason());
        HandOff other = assertInstanceOf(HandOff.class, decide(new Signal.AgentAsked("tired")));
        assertEquals(new HandOff(Reason.AGENT_REQUEST, "tired", Whom.ANYBODY), other);
    }

    private static Decision decide(Turn turn) {
        return decide(new Signal.TurnSaid(turn));
    }

    private static Decision decide(Signal signal) {
        return decide(POLICY, signal);
    }

    private static Decision decide(EscalationPolicy policy, Signal signal) {
        return Escalation.judge(policy, History.NONE, signal, Instant.EPOCH).decision();
    }

    private static HandOff handOff(Turn turn) {
        return assertInstanceOf(HandOff.class, decide(turn));
    }

    private static Turn turn(String intent, Double confidence, Double sentiment) {
        return new Turn("t", Speaker.AGENT, "text", intent, confidence, sentiment, "en", Map.of(), 0, 1, false);
    }

    private static Turn said(Speaker speaker, String text) {
        return new Turn("t", speaker, text, null, null, null, null, Map.of(), 0, 1, false);
    }
}
