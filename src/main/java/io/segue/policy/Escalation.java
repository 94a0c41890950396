package io.segue.policy;

import io.segue.handoff.Reason;
import io.segue.policy.Decision.Carry;
import io.segue.policy.Decision.HandOff;
import io.segue.policy.Decision.Prewarm;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a call goes to a human: a pure function of policy, what was said so far, and what just happened. */
public final class Escalation {
    private Escalation() {}

    /**
     * What a policy makes of a signal.
     *
     * @param history with the signal in it, for the next one
     */
    public record Judged(History history, Decision decision) {}

    /** @param at the time on the wall, for rules that hold at certain hours */
    public static Judged judge(EscalationPolicy policy, History history, Signal signal, Instant at) {
        return switch (signal) {
            case Signal.TurnSaid(var turn) -> {
                History now = history.plus(turn, policy);
                yield new Judged(now, ofTurn(policy, turn, now, at));
            }
            case Signal.DigitsPressed(var pressed) -> new Judged(history, ofDigits(policy.dtmf(), pressed));
            case Signal.CallerQuiet(var seconds) ->
                new Judged(history, reached(policy.callerSilenceSeconds(), seconds, Reason.CALLER_SILENCE));
            case Signal.AgentQuiet(var seconds) ->
                new Judged(history, reached(policy.agentSilenceSeconds(), seconds, Reason.AGENT_SILENCE));
            case Signal.AgentAsked(var reason) -> new Judged(history, ofRequest(reason));
        };
    }

    private static Decision ofTurn(EscalationPolicy policy, Turn turn, History history, Instant at) {
        String intent = turn.intent();
        Whom whom = policy.whomOf(intent == null ? history.intent() : intent);
        Rule rule = policy.rules().first(turn, history, at);
        return rule == null ? ofFields(policy, turn, history, whom) : ofRule(rule, turn, whom);
    }

    private static Decision ofRule(Rule rule, Turn turn, Whom ofIntent) {
        Reason named = rule.then().reason();
        Reason reason = named == null ? Reason.POLICY_RULE : named;
        return switch (rule.then().outcome()) {
            case HANDOFF ->
                new HandOff(reason, "rule " + rule.id(), rule.then().whom().or(ofIntent));
            case PREWARM ->
                new Prewarm(reason, "rule " + rule.id(), rule.then().whom().or(ofIntent));
            case CARRY -> new Carry(turn.confidence() != null);
        };
    }

    /** A caller's own words come before the agent's doubts: who asks for a person is not weighed. */
    private static Decision ofFields(EscalationPolicy policy, Turn turn, History history, Whom whom) {
        String phrase = turn.speaker() == Speaker.CALLER ? policy.phrases().firstIn(history.words()) : null;
        if (phrase != null) {
            return new HandOff(Reason.PHRASE, phrase, whom);
        }
        Double floor = policy.sentimentFloor();
        Double sentiment = turn.sentiment();
        if (floor != null && sentiment != null && sentiment < floor) {
            return new HandOff(Reason.NEGATIVE_SENTIMENT, "sentiment " + sentiment + " below " + floor, whom);
        }
        Double confidence = turn.confidence();
        if (confidence == null) {
            return new Carry(false);
        }
        double threshold = policy.thresholdOf(turn.intent());
        double margin = policy.prewarmMarginOf(turn.intent());
        if (confidence < threshold) {
            return new HandOff(Reason.LOW_CONFIDENCE, "confidence " + confidence + " below " + threshold, whom);
        }
        if (confidence < threshold + margin) {
            return new Prewarm(
                    Reason.LOW_CONFIDENCE, "confidence " + confidence + " below " + threshold + " + " + margin, whom);
        }
        return new Carry(true);
    }

    private static Decision ofDigits(@Nullable String wanted, String pressed) {
        return wanted != null && !wanted.isEmpty() && pressed.endsWith(wanted)
                ? new HandOff(Reason.DTMF, wanted, Whom.ANYBODY)
                : new Carry(false);
    }

    private static Decision reached(int limitSeconds, long seconds, Reason reason) {
        return limitSeconds > 0 && seconds >= limitSeconds
                ? new HandOff(reason, seconds + " s", Whom.ANYBODY)
                : new Carry(false);
    }

    private static Decision ofRequest(@Nullable String reason) {
        boolean caller = reason != null && reason.toLowerCase(Locale.ROOT).equals(Reason.CALLER_REQUEST.wire());
        return new HandOff(
                caller ? Reason.CALLER_REQUEST : Reason.AGENT_REQUEST, reason == null ? "" : reason, Whom.ANYBODY);
    }
}
