package io.segue.policy;

import io.segue.policy.Rule.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Policies and rules for tests. */
final class Policies {
    private Policies() {}

    static Rule rule(String id, Condition when) {
        return rule(id, when, Outcome.HANDOFF, Whom.ANYBODY);
    }

    static Rule rule(String id, Condition when, Outcome outcome, Whom whom) {
        return new Rule(id, when, new Rule.Then(outcome, null, whom), true);
    }

    static EscalationPolicy of(Rule... rules) {
        return of(0.85, Map.of(), rules);
    }

    static EscalationPolicy of(double threshold, Map<String, IntentSettings> intents, Rule... rules) {
        EscalationPolicy d = EscalationPolicy.defaults();
        return new EscalationPolicy(
                threshold,
                intents,
                d.prewarmMargin(),
                d.prewarmTurns(),
                d.prewarmSeconds(),
                d.prewarmListen(),
                d.sentimentFloor(),
                Phrasebook.of(List.of("representative")),
                d.dtmf(),
                d.callerSilenceSeconds(),
                d.agentSilenceSeconds(),
                d.cut(),
                d.cutMaxMs(),
                d.fillerAfterMs(),
                d.maxWaitSeconds(),
                RuleBook.of(Arrays.asList(rules)));
    }
}
