package io.segue.policy;

import io.segue.policy.Condition.All;
import io.segue.policy.Condition.Any;
import io.segue.policy.Condition.Not;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds rules that never decide anything: their condition cannot hold, or an earlier rule always decides. What is found is so; what is not
 * found may still be (conditions are compared two by two, not all at once).
 */
public final class Contradictions {
    private Contradictions() {}

    /**
     * One rule that never decides.
     *
     * @param rule its place in the list
     * @param within the field of the rule at fault: {@code when}, or empty for the rule as a whole
     */
    public record Found(int rule, String within, String why) {}

    /** @return in the order of the rules; one at most for each */
    public static List<Found> in(List<Rule> rules) {
        List<Found> found = new ArrayList<>();
        Map<Condition, String> before = new HashMap<>();
        String always = null;
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (!rule.enabled()) {
                continue;
            }
            Condition when = pushed(rule.when(), false);
            String twin = before.putIfAbsent(when, rule.id());
            Optional<String> never = never(List.of(), List.of(when));
            if (never.isPresent()) {
                found.add(new Found(i, "when", "can never hold: " + never.get()));
            } else if (always != null) {
                found.add(new Found(i, "", "is never asked: rule " + always + " before it always holds"));
            } else if (twin != null) {
                found.add(new Found(i, "when", "is never asked: rule " + twin + " before it has the same condition"));
            } else if (holdsAlways(when)) {
                always = rule.id();
            }
        }
        return found;
    }

    /** With every {@code not} at a leaf, and lists of one, or within a list of the same kind, laid flat (De Morgan). */
    private static Condition pushed(Condition condition, boolean negated) {
        return switch (condition) {
            case Not(var of) -> pushed(of, !negated);
            case All(var of) -> negated ? anyOf(of, true) : allOf(of, false);
            case Any(var of) -> negated ? allOf(of, true) : anyOf(of, false);
            case Condition leaf -> negated ? new Not(leaf) : leaf;
        };
    }

    private static Condition allOf(List<Condition> of, boolean negated) {
        List<Condition> flat = new ArrayList<>();
        for (Condition condition : of) {
            switch (pushed(condition, negated)) {
                case All(var inner) -> flat.addAll(inner);
                case Condition other -> flat.add(other);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new All(List.copyOf(flat));
    }

    private static Condition anyOf(List<Condition> of, boolean negated) {
        List<Condition> flat = new ArrayList<>();
        for (Condition condition : of) {
            switch (pushed(condition, negated)) {
                case Any(var inner) -> flat.addAll(inner);
                case Condition other -> flat.add(other);
            }
        }
        return flat.size() == 1 ? flat.getFirst() : new Any(List.copyOf(flat));
    }

    private static boolean holdsAlways(Condition pushed) {
        return switch (pushed) {
            case All(var of) -> of.stream().allMatch(Contradictions::holdsAlways);
            case Any(var of) -> of.stream().anyMatch(Contradictions::holdsAlways);
            case Condition leaf -> false;
        };
    }

    /**
     * Why these cannot hold all together.
     *
     * @param known leaves that go together as far as one can tell
     */
    private static Optional<String> never(List<Condition> known, List<Condition> more) {
        List<Condition> leaves = new ArrayList<>(known);
        List<Any> choices = new ArrayList<>();
        for (Condition condition : more) {
            switch (condition) {
                case All(var of) -> of.forEach(c -> sort(c, leaves, choices));
                case Condition other -> sort(other, leaves, choices);
            }
        }
        for (int i = known.size(); i < leaves.size(); i++) {
            Optional<String> alone = Leaves.never(leaves.get(i));
            if (alone.isPresent()) {
                return alone;
            }
            for (int j = 0; j < i; j++) {
                Optional<String> why = Leaves.neverBoth(leaves.get(j), leaves.get(i));
                if (why.isPresent()) {
                    return why;
                }
            }
        }
        return choices.stream().flatMap(any -> noneOf(any, leaves).stream()).findFirst();
    }

    private static void sort(Condition condition, List<Condition> leaves, List<Any> choices) {
        if (condition instanceof Any any) {
            choices.add(any);
        } else {
            leaves.add(condition);
        }
    }

    private static Optional<String> noneOf(Any any, List<Condition> leaves) {
        String last = "any of nothing";
        for (Condition choice : any.of()) {
            Optional<String> why = never(leaves, List.of(choice));
            if (why.isEmpty()) {
                return Optional.empty();
            }
            last = why.get();
        }
        return Optional.of(any.of().size() > 1 ? "none of any can: the last, " + last : last);
    }
}
