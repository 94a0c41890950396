package io.segue.policy;

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
import io.segue.policy.Condition.Within;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a policy, made ready to be asked: intents hashed, phrases of all rules in one book. Equal when the rules are. */
public final class RuleBook {
    public static final RuleBook EMPTY = of(List.of());

    private final List<Rule> rules;
    private final Phrasebook phrasebook;
    private final List<Ready> ready;

    private record Ready(Rule rule, Check check) {}

    /** A condition, made ready. */
    @FunctionalInterface
    private interface Check {
        boolean holds(Moment moment);
    }

    private RuleBook(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        Map<String, Integer> phrases = new HashMap<>();
        List<String> inOrder = new ArrayList<>();
        List<Ready> checks = new ArrayList<>();
        for (Rule rule : this.rules) {
            if (rule.enabled()) {
                checks.add(new Ready(
                        rule,
                        ready(
                                rule.when(),
                                phrase -> phrases.computeIfAbsent(phrase, unused -> {
                                    inOrder.add(phrase);
                                    return inOrder.size() - 1;
                                }))));
            }
        }
        this.ready = List.copyOf(checks);
        this.phrasebook = Phrasebook.of(inOrder);
    }

    public static RuleBook of(List<Rule> rules) {
        return new RuleBook(rules);
    }

    public List<Rule> rules() {
        return rules;
    }

    /** The first rule that holds. */
    @Nullable
    Rule first(Turn turn, History history, Instant at) {
        if (ready.isEmpty()) {
            return null;
        }
        Moment moment = new Moment(turn, history, at, phrasebook);
        for (Ready next : ready) {
            if (next.check.holds(moment)) {
                return next.rule;
            }
        }
        return null;
    }

    /** Gives a phrase its number in the book. */
    private interface Numbering {
        int of(String phrase);
    }

    private static Check ready(Condition condition, Numbering phrases) {
        return switch (condition) {
            case All(var of) -> all(of.stream().map(c -> ready(c, phrases)).toArray(Check[]::new));
            case Any(var of) -> any(of.stream().map(c -> ready(c, phrases)).toArray(Check[]::new));
            case Not(var of) -> {
                Check check = ready(of, phrases);
                yield moment -> !check.holds(moment);
            }
            case IntentIn(var patterns) -> intents(patterns);
            case ConfidenceBelow(var limit) ->
                moment -> moment.turn().confidence() instanceof Double confidence && confidence < limit;
            case ConfidenceAtLeast(var limit) ->
                moment -> moment.turn().confidence() instanceof Double confidence && confidence >= limit;
            case SentimentBelow(var limit) ->
                moment -> moment.turn().sentiment() instanceof Double sentiment && sentiment < limit;
            case SentimentSlopeBelow(var limit, var turns) ->
                moment -> moment.history().sentimentSlope(turns) < limit;
            case Repeats(var of, var times) ->
                of == Repeats.Of.INTENT
                        ? moment -> moment.history().sameIntent() >= times
                        : moment -> moment.history().sameWords() >= times;
            case SaysOneOf(var said) -> {
                BitSet numbers = new BitSet();
                said.forEach(phrase -> numbers.set(phrases.of(phrase)));
                yield moment -> moment.says(numbers);
            }
            case LanguageIn(var ranges) -> languages(ranges);
            case Within(var hours) -> moment -> hours.at(moment.in(hours.zone()));
            case LowTurns(var atLeast) -> moment -> moment.history().low() >= atLeast;
            case Turns(var atLeast) -> moment -> moment.history().turns() >= atLeast;
            case SaidBy(var speaker) -> moment -> moment.turn().speaker() == speaker;
            case HasEntity(var name, var value) ->
                value == null
                        ? moment -> moment.turn().entities().get(name) != null
                        : moment -> same(value, moment.turn().entities().get(name));
        };
    }

    private static Check all(Check[] checks) {
        return moment -> {
            for (Check check : checks) {
                if (!check.holds(moment)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Check any(Check[] checks) {
        return moment -> {
            for (Check check : checks) {
                if (check.holds(moment)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Check intents(List<String> patterns) {
        Set<String> whole = new HashSet<>();
        List<String> beginnings = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.endsWith("*")) {
                beginnings.add(pattern.substring(0, pattern.length() - 1));
            } else {
                whole.add(pattern);
            }
        }
        return moment -> {
            String intent = moment.turn().intent();
            return intent != null
                    && (whole.contains(intent) || beginnings.stream().anyMatch(intent::startsWith));
        };
    }

    private static Check languages(List<String> ranges) {
        List<String> lower =
                ranges.stream().map(range -> range.toLowerCase(Locale.ROOT)).toList();
        return moment -> {
            String language = moment.turn().language();
            if (language == null) {
                return false;
            }
            String tag = language.toLowerCase(Locale.ROOT);
            return lower.stream().anyMatch(range -> isWithin(tag, range));
        };
    }

    static boolean isWithin(String tag, String range) {
        return tag.startsWith(range) && (tag.length() == range.length() || tag.charAt(range.length()) == '-');
    }

    /** 5 and 5.0 are the same number. */
    static boolean same(Object wanted, @Nullable Object found) {
        return wanted instanceof Number a && found instanceof Number b
                ? a.doubleValue() == b.doubleValue()
                : wanted.equals(found);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RuleBook book && book.rules.equals(rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    @Override
    public String toString() {
        return rules.toString();
    }
}
