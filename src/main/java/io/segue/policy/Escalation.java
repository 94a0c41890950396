package io.segue.policy;

import io.segue.handoff.Reason;
import io.segue.policy.Decision.Carry;
import io.segue.policy.Decision.HandOff;
import io.segue.policy.Decision.Prewarm;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a call goes to a human: a pure function of policy and signal. */
public final class Escalation {
    private Escalation() {}

    public static Decision decide(EscalationPolicy policy, Signal signal) {
        return switch (signal) {
            case Signal.TurnSaid said -> ofTurn(policy, said.turn());
            case Signal.DigitsPressed digits -> ofDigits(policy.dtmf(), digits.pressed());
            case Signal.CallerQuiet quiet ->
                reached(policy.callerSilenceSeconds(), quiet.seconds(), Reason.CALLER_SILENCE);
            case Signal.AgentQuiet quiet ->
                reached(policy.agentSilenceSeconds(), quiet.seconds(), Reason.AGENT_SILENCE);
            case Signal.AgentAsked asked -> ofRequest(asked.reason());
        };
    }

    /** A caller's own words come before the agent's doubts: who asks for a person is not weighed. */
    private static Decision ofTurn(EscalationPolicy policy, Turn turn) {
        String phrase = turn.speaker() == Speaker.CALLER ? phraseIn(policy, turn.text()) : null;
        if (phrase != null) {
            return new HandOff(Reason.PHRASE, phrase);
        }
        Double floor = policy.sentimentFloor();
        Double sentiment = turn.sentiment();
        if (floor != null && sentiment != null && sentiment < floor) {
            return new HandOff(Reason.NEGATIVE_SENTIMENT, "sentiment " + sentiment + " below " + floor);
        }
        Double confidence = turn.confidence();
        if (confidence == null) {
            return new Carry(false);
        }
        double threshold = policy.thresholdOf(turn.intent());
        String detail = "confidence " + confidence + " below " + threshold;
        if (confidence < threshold) {
            return new HandOff(Reason.LOW_CONFIDENCE, detail);
        }
        if (confidence < threshold + policy.prewarmMargin()) {
            return new Prewarm(Reason.LOW_CONFIDENCE, detail + " + " + policy.prewarmMargin());
        }
        return new Carry(true);
    }

    private static @Nullable String phraseIn(EscalationPolicy policy, String text) {
        if (policy.phrases().isEmpty()) {
            return null;
        }
        String words = asWords(text);
        for (String phrase : policy.phrases()) {
            if (words.contains(asWords(phrase))) {
                return phrase;
            }
        }
        return null;
    }

    /** Lower case, one blank around every word, so that {@code contains} matches whole words only. */
    private static String asWords(String text) {
        StringBuilder words = new StringBuilder(text.length() + 2).append(' ');
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == '\'') {
                words.appendCodePoint(c);
            } else if (words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        });
        return words.charAt(words.length() - 1) == ' '
                ? words.toString()
                : words.append(' ').toString();
    }

    private static Decision ofDigits(@Nullable String wanted, String pressed) {
        return wanted != null && !wanted.isEmpty() && pressed.endsWith(wanted)
                ? new HandOff(Reason.DTMF, wanted)
                : new Carry(false);
    }

    private static Decision reached(int limitSeconds, long seconds, Reason reason) {
        return limitSeconds > 0 && seconds >= limitSeconds ? new HandOff(reason, seconds + " s") : new Carry(false);
    }

    private static Decision ofRequest(@Nullable String reason) {
        boolean caller = reason != null && reason.toLowerCase(Locale.ROOT).equals(Reason.CALLER_REQUEST.wire());
        return new HandOff(caller ? Reason.CALLER_REQUEST : Reason.AGENT_REQUEST, reason == null ? "" : reason);
    }
}
