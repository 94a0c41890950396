package io.segue.registry;

import io.segue.handoff.Reason;
import io.segue.policy.Condition;
import io.segue.policy.Contradictions;
import io.segue.policy.Rule;
import io.segue.policy.Rule.Outcome;
import io.segue.policy.RuleBook;
import io.segue.policy.Whom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code {"id","when":{condition},"then":{"do":"handoff|prewarm|carry","reason","queue","skills","priority"},"enabled"}}. */
final class RuleForm {
    private RuleForm() {}

    /** @param strict whether somebody writes it now: unknown fields and contradictions are errors */
    static RuleBook read(Fields policy, Limits limits, boolean strict) {
        List<Rule> rules = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        List<Fields> objects = policy.objects("rules", limits.rules().rulesMax());
        for (int i = 0; i < objects.size(); i++) {
            Fields f = objects.get(i);
            String id = id(f);
            Integer twin = id.isEmpty() ? null : places.putIfAbsent(id, i);
            if (twin != null) {
                f.error("id", "is that of rules[" + twin + "] too");
            }
            rules.add(rule(id, f, limits, strict));
        }
        // A rule that could not be read stands for another than was meant.
        if (strict && policy.faultless()) {
            for (Contradictions.Found found : Contradictions.in(rules)) {
                Fields f = objects.get(found.rule());
                if (found.within().isEmpty()) {
                    policy.error("rules[" + found.rule() + "]", found.why());
                } else {
                    f.error(found.within(), found.why());
                }
            }
        }
        return RuleBook.of(rules);
    }

    private static String id(Fields f) {
        if (!f.has("id")) {
            f.error("id", "is missing");
        }
        return f.id("id").orElse("");
    }

    private static Rule rule(String id, Fields f, Limits limits, boolean strict) {
        Condition when = new ConditionForm(limits, strict).read(f, "when");
        if (!f.has("then")) {
            f.error("then", "is missing");
        }
        Fields then = f.object("then");
        Rule rule = new Rule(id, when, then(then, f.has("then"), limits), f.flag("enabled", true));
        if (strict) {
            then.nothingElse();
            f.nothingElse();
        }
        return rule;
    }

    private static Rule.Then then(Fields f, boolean there, Limits limits) {
        if (there && !f.has("do")) {
            f.error("do", "is missing");
        }
        Outcome outcome = f.oneOf("do", Outcome.class).orElse(Outcome.HANDOFF);
        Reason reason = reason(f);
        Whom whom = WhomForm.read(f, limits);
        if (outcome == Outcome.CARRY && (reason != null || !whom.equals(Whom.ANYBODY))) {
            f.error("do", "carry leaves the call with the agent: reason, queue, skills and priority are of no use");
        }
        return new Rule.Then(outcome, reason, whom);
    }

    private static @Nullable Reason reason(Fields f) {
        String name = f.text("reason", Ids.CHARS_MAX).orElse(null);
        Optional<Reason> reason =
                Rule.REASONS.stream().filter(r -> r.wire().equals(name)).findFirst();
        if (name != null && reason.isEmpty()) {
            f.error(
                    "reason",
                    "has to be one of "
                            + Rule.REASONS.stream().map(Reason::wire).collect(Collectors.joining(", "))
                            + ", not " + Fields.show(name));
        }
        return reason.orElse(null);
    }

    static List<Map<String, Object>> show(RuleBook book) {
        return book.rules().stream().map(RuleForm::show).toList();
    }

    private static Map<String, Object> show(Rule rule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", rule.id());
        tree.put("when", ConditionForm.show(rule.when()));
        Map<String, Object> then = new LinkedHashMap<>();
        then.put("do", Wire.of(rule.then().outcome()));
        if (rule.then().reason() instanceof Reason reason) {
            then.put("reason", reason.wire());
        }
        WhomForm.show(rule.then().whom(), then);
        tree.put("then", then);
        if (!rule.enabled()) {
            tree.put("enabled", false);
        }
        return tree;
    }
}
