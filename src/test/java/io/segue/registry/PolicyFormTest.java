package io.segue.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.policy.Canary;
import io.segue.policy.IntentSettings;
import io.segue.policy.Rule;
import io.segue.policy.Whom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules, settings of intents and canaries, as they are written down. */
class PolicyFormTest {
    private static final Map<String, Object> EVERYTHING = Map.of(
            "all",
            List.of(
                    Map.of("any", List.of(Map.of("intent", List.of("refund_*", "pay")), Map.of("turns", 20))),
                    Map.of("not", Map.of("language", List.of("en"))),
                    Map.of("confidenceBelow", 0.9),
                    Map.of("confidenceAtLeast", 0.1),
                    Map.of("sentimentBelow", 0.5),
                    Map.of("sentimentSlopeBelow", Map.of("slope", -0.1, "turns", 5)),
                    Map.of("repeats", Map.of("of", "text", "times", 2)),
                    Map.of("phrases", List.of("close my account")),
                    Map.of(
                            "hours",
                            Map.of("days", List.of("fri", "mon"), "from", "22:00", "to", "06:00", "zone", "UTC")),
                    Map.of("lowTurns", 2),
                    Map.of("speaker", "caller"),
                    Map.of("entity", Map.of("name", "tier", "equals", "gold")),
                    Map.of("entity", Map.of("name", "amount"))));

    private final AgentForm form = new AgentForm(Limits.defaults());

    private static Map<String, Object> agent(String field, Object value) {
        return new LinkedHashMap<>(Map.of("owner", "team", "url", "wss://bot.example/s", field, value));
    }

    private static Map<String, Object> rule(Object when) {
        return rule("r", when);
    }

    private static Map<String, Object> rule(String id, Object when) {
        return Map.of("id", id, "when", when, "then", Map.of("do", "handoff"));
    }

    private static Map<String, Object> rules(Object... rules) {
        return agent("policy", Map.of("rules", List.of(rules)));
    }

    private Agent ok(Map<String, ?> body) {
        return switch (form.read("a", body, null)) {
            case Read.Ok<Agent>(Agent agent) -> agent;
            case Read.Invalid<Agent>(List<FieldError> errors) -> throw new AssertionError(errors.toString());
        };
    }

    private List<String> errors(Map<String, ?> body) {
        return switch (form.read("a", body, null)) {
            case Read.Ok<Agent> ok -> List.of();
            case Read.Invalid<Agent>(List<FieldError> errors) ->
                errors.stream().map(FieldError::toString).toList();
        };
    }

    private void wrong(String error, Object... rules) {
        assertEquals(List.of(error), errors(rules(rules)));
    }

    private void survivesTheRoundTrip(Agent agent) {
        assertEquals(new Read.Ok<>(agent), form.load("a", form.store(agent)));
        assertEquals(new Read.Ok<>(agent), form.read("a", form.show(agent), agent));
    }

    @Test
    void readsEveryConditionAndShowsItAsItCanBeWrittenBack() {
        Map<String, Object> then = Map.of(
                "do", "prewarm", "reason", "caller_request", "queue", "vip", "skills", List.of("de"), "priority", 10);
        Agent agent = ok(rules(
                Map.of("id", "every", "when", EVERYTHING, "then", then, "enabled", false),
                Map.of("id", "always", "then", Map.of("do", "carry"))));
        List<Rule> read = agent.policy().rules().rules();
        assertEquals(new Whom("vip", List.of("de"), 10), read.get(0).then().whom());
        assertFalse(read.get(0).enabled());
        survivesTheRoundTrip(agent);
    }

    @Test
    void takesSeveralFieldsOfOneConditionAsAllOfThem() {
        assertEquals(
                ok(rules(rule(Map.of("all", List.of(Map.of("intent", List.of("a")), Map.of("confidenceBelow", 0.4))))))
                        .policy(),
                ok(rules(rule(Map.of("intent", List.of("a"), "confidenceBelow", 0.4))))
                        .policy());
    }

    @Test
    void readsAnIntentAsAThresholdOrAsAnObject() {
        Map<String, Object> intents = new LinkedHashMap<>();
        intents.put("plain", 0.9);
        intents.put("short", Map.of("threshold", 0.7));
        intents.put(
                "long",
                Map.of(
                        "threshold",
                        0.6,
                        "prewarmMargin",
                        0,
                        "queue",
                        "q",
                        "skills",
                        List.of("de"),
                        "priority",
                        3,
                        "risk",
                        0.9));
        intents.put("routed", Map.of("queue", "q"));
        Agent agent = ok(agent("policy", Map.of("intents", intents)));
        assertEquals(
                new IntentSettings(0.6, 0.0, new Whom("q", List.of("de"), 3), 0.9),
                agent.policy().intents().get("long"));
        assertEquals(0.85, agent.policy().thresholdOf("routed"));
        assertEquals(
                List.of("plain", "short", "long", "routed"),
                List.copyOf(agent.policy().intents().keySet()));
        survivesTheRoundTrip(agent);
        assertEquals(
                List.of(
                        "policy.intents.x.threshold: has to be 0 to 1, not 1.7",
                        "policy.intents.x.treshold: is not known; did you mean threshold?"),
                errors(agent("policy", Map.of("intents", Map.of("x", ordered("threshold", 1.7, "treshold", 1))))));
        assertEquals(
                List.of("policy.intents.x: has to be 0 to 1, not \"high\""),
                errors(agent("policy", Map.of("intents", Map.of("x", "high")))));
        assertEquals(
                List.of("policy.intents.x.risk: has to be 0 to 1, not 1.01"),
                errors(agent("policy", Map.of("intents", Map.of("x", Map.of("risk", 1.01))))));
    }

    private static Map<String, Object> ordered(String a, Object x, String b, Object y) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(a, x);
        map.put(b, y);
        return map;
    }

    @Test
    void readsACanaryAndItsPolicyByTheSameRules() {
        Agent agent = ok(agent("canary", Map.of("percent", 2.5, "policy", Map.of("threshold", 0.7))));
        Canary canary = agent.canary();
        assertEquals(2.5, canary.percent());
        assertEquals(0.7, canary.policy().threshold());
        survivesTheRoundTrip(agent);
        assertEquals(
                List.of("canary.percent: has to be 0 to 100, not 101"),
                errors(agent("canary", Map.of("percent", 101, "policy", Map.of()))));
        assertEquals(
                List.of("canary.policy: is missing", "canary.percent: has to be 0 to 100, not -1"),
                errors(agent("canary", Map.of("percent", -1))));
        assertEquals(
                List.of("canary.policy.threshold: has to be 0 to 1, not 1.7"),
                errors(agent("canary", Map.of("percent", 1, "policy", Map.of("threshold", 1.7)))));
    }

    @Test
    void namesTheFieldOfARuleByItsPath() {
        wrong(
                "policy.rules[1].when.all[1].confidenceBelow: has to be 0 to 1, not 1.7",
                rule("a", Map.of("turns", 1)),
                rule("b", Map.of("all", List.of(Map.of("turns", 2), Map.of("confidenceBelow", 1.7)))));
        wrong(
                "policy.rules[0].when.any[0].not.speaker: has to be one of caller, agent, human, not \"bot\"",
                rule(Map.of("any", List.of(Map.of("not", Map.of("speaker", "bot"))))));
        wrong(
                "policy.rules[0].when.confidenceBelo: is not known; did you mean confidenceBelow?",
                rule(Map.of("confidenceBelo", 0.4)));
        wrong(
                "policy.rules[0].when.hours.zone: has to be a time zone such as Europe/Berlin or UTC, not \"Mars\"",
                rule(Map.of("hours", Map.of("zone", "Mars"))));
        wrong(
                "policy.rules[0].when.hours.from: has to be a time such as 08:30 or 22:00, not \"8:30\"",
                rule(Map.of("hours", Map.of("zone", "UTC", "from", "8:30"))));
        wrong(
                "policy.rules[0].when.hours.days[0]: has to be one of mon, tue, wed, thu, fri, sat, sun, not \"mo\"",
                rule(Map.of("hours", Map.of("zone", "UTC", "days", List.of("mo")))));
        wrong("policy.rules[0].when.intent[0]: may have a * at its end only", rule(Map.of("intent", List.of("a*b"))));
        wrong(
                "policy.rules[0].when.phrases[0]: has to have a letter or digit, since words are compared",
                rule(Map.of("phrases", List.of("?!"))));
        wrong("policy.rules[0].when: has to be an object, not 7", rule(7));
        wrong(
                "policy.rules[0].when.entity.equals: has to be text, a number, true or false, not a list",
                rule(Map.of("entity", Map.of("name", "a", "equals", List.of()))));
        assertEquals(
                List.of("policy.rules[0].id: is missing", "policy.rules[0].then: is missing"),
                errors(rules(Map.of("when", Map.of()))));
        assertEquals(
                List.of("policy.rules[0].then.do: is missing"),
                errors(rules(Map.of("id", "r", "then", Map.of("queue", "q")))));
        assertEquals(
                1,
                errors(rules(Map.of("id", "r", "then", Map.of("do", "carry", "queue", "q"))))
                        .size());
        assertTrue(errors(rules(Map.of("id", "r", "then", Map.of("do", "handoff", "reason", "connected"))))
                .get(0)
                .startsWith("policy.rules[0].then.reason: has to be one of policy_rule, low_confidence"));
    }

    @Test
    void refusesRulesThatContradictThemselvesOrAreNeverAsked() {
        wrong(
                "policy.rules[0].when: can never hold: no confidence is below 0.4 and at least 0.6",
                rule(Map.of("confidenceBelow", 0.4, "confidenceAtLeast", 0.6)));
        wrong("policy.rules[0].when: can never hold: any of nothing", rule(Map.of("any", List.of())));
        wrong("policy.rules[0].when: can never hold: intent is one of none", rule(Map.of("intent", List.of())));
        wrong(
                "policy.rules[1]: is never asked: rule a before it always holds",
                rule("a", Map.of()),
                rule("b", Map.of("turns", 2)));
        wrong(
                "policy.rules[1].id: is that of rules[0] too",
                rule("a", Map.of("turns", 1)),
                rule("a", Map.of("turns", 2)));
        assertEquals(
                1,
                errors(rules(rule(Map.of("hours", Map.of("zone", "UTC", "from", "08:00", "to", "08:00")))))
                        .size());
        assertEquals(
                1,
                errors(rules(rule(Map.of("hours", Map.of("zone", "UTC", "days", List.of())))))
                        .size());
    }

    @Test
    void loadsWhatIsStoredEvenIfItContradictsItself() {
        Map<String, Object> stored = new LinkedHashMap<>(form.store(ok(rules())));
        stored.put("policy", Map.of("rules", List.of(rule(Map.of("any", List.of(), "fromALaterVersion", 1)))));
        assertInstanceOf(Read.Ok.class, form.load("a", stored));
    }

    @Test
    void takesRulesAtTheirLimitsAndNotOneMore() {
        ok(many(200));
        assertEquals(List.of("policy.rules: has to be 200 at most, not 201"), errors(many(201)));
        ok(rules(rule(deep(8))));
        assertEquals(
                List.of("policy.rules[0].when" + ".not".repeat(8) + ": is more than 8 conditions within each other"),
                errors(rules(rule(deep(9)))));
        ok(rules(rule(Map.of("any", turns(63)))));
        assertEquals(
                List.of("policy.rules[0].when: has to be 64 conditions at most, not 65"),
                errors(rules(rule(Map.of("any", turns(64))))));
        ok(rules(rule(Map.of("intent", names(64)))));
        assertEquals(1, errors(rules(rule(Map.of("intent", names(65))))).size());
        assertEquals(1, errors(rules(rule(Map.of("phrases", names(65))))).size());
        assertEquals(1, errors(rules(rule(Map.of("language", names(65))))).size());
        ok(rules(rule(Map.of("sentimentSlopeBelow", Map.of("slope", -2, "turns", 16)))));
        assertEquals(
                1,
                errors(rules(rule(Map.of("sentimentSlopeBelow", Map.of("slope", -2, "turns", 17)))))
                        .size());
        assertEquals(
                1, errors(rules(rule(Map.of("repeats", Map.of("times", 1))))).size());
        assertEquals(1, errors(rules(rule(Map.of("turns", 2_001)))).size());
        assertEquals(
                1,
                errors(rules(Map.of("id", "r", "then", Map.of("do", "handoff", "priority", 11))))
                        .size());
    }

    private static Map<String, Object> many(int count) {
        return rules(IntStream.range(0, count)
                .mapToObj(i -> rule("r" + i, Map.of("turns", i + 1)))
                .toArray());
    }

    /** So many conditions within each other, each but the last a {@code not}. */
    private static Map<String, Object> deep(int depth) {
        return depth == 1 ? Map.of("turns", 2) : Map.of("not", deep(depth - 1));
    }

    private static List<Map<String, Object>> turns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.<String, Object>of("turns", i + 1))
                .toList();
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    @Test
    void survivesRulesOfAnyShape() {
        List<Object> odd = new ArrayList<>(List.of(1, "x", true, List.of(), Map.of(), List.of(1), 1e300, Double.NaN));
        odd.add(null);
        for (String field : List.of(
                "all",
                "any",
                "not",
                "intent",
                "confidenceBelow",
                "sentimentSlopeBelow",
                "repeats",
                "phrases",
                "language",
                "hours",
                "lowTurns",
                "turns",
                "speaker",
                "entity")) {
            for (Object value : odd) {
                Map<String, Object> when = new LinkedHashMap<>();
                when.put(field, value);
                form.read("a", rules(rule(when)), null);
                form.load("a", rules(rule(when)));
            }
        }
        for (Object value : odd) {
            Map<String, Object> policy = new LinkedHashMap<>();
            policy.put("rules", Collections.singletonList(value));
            form.read("a", agent("policy", policy), null);
            Map<String, Object> rule = new LinkedHashMap<>(rule(Map.of()));
            rule.put("then", value);
            form.read("a", rules(rule), null);
        }
    }
}
