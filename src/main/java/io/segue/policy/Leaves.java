package io.segue.policy;

import io.segue.policy.Condition.ConfidenceAtLeast;
import io.segue.policy.Condition.ConfidenceBelow;
import io.segue.policy.Condition.HasEntity;
import io.segue.policy.Condition.IntentIn;
import io.segue.policy.Condition.LanguageIn;
import io.segue.policy.Condition.LowTurns;
import io.segue.policy.Condition.Not;
import io.segue.policy.Condition.SaidBy;
import io.segue.policy.Condition.SaysOneOf;
import io.segue.policy.Condition.SentimentBelow;
import io.segue.policy.Condition.Turns;
import io.segue.policy.Condition.Within;
import io.segue.turn.Speaker;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What is known of single conditions, and of two of them together. A leaf is neither {@code all} nor {@code any}; a {@code not} stands before a leaf only. */
final class Leaves {
    private Leaves() {}

    /** Why it can never hold. */
    static Optional<String> never(Condition leaf) {
        return switch (leaf) {
            case ConfidenceBelow(var limit) when limit <= 0 -> Optional.of("no confidence is below 0");
            case SentimentBelow(var limit) when limit <= -1 -> Optional.of("no sentiment is below -1");
            case IntentIn(var patterns) when patterns.isEmpty() -> Optional.of("intent is one of none");
            case LanguageIn(var ranges) when ranges.isEmpty() -> Optional.of("language is one of none");
            case SaysOneOf(var phrases) when phrases.isEmpty() -> Optional.of("phrases are none");
            case Within(var hours)
            when hours.days().isEmpty() || hours.from() == hours.to() -> Optional.of("hours are empty");
            case Condition other -> Optional.empty();
        };
    }

    /** Why they can never hold for the same turn. */
    static Optional<String> neverBoth(Condition a, Condition b) {
        Optional<String> why = neverInThisOrder(a, b);
        return why.isPresent() ? why : neverInThisOrder(b, a);
    }

    private static Optional<String> neverInThisOrder(Condition a, Condition b) {
        if (b instanceof Not(var denied)) {
            return implies(a, denied)
                    ? Optional.of("something is asked for and ruled out by not at the same time")
                    : Optional.empty();
        }
        if (a instanceof ConfidenceBelow(var below) && b instanceof ConfidenceAtLeast(var least) && below <= least) {
            return Optional.of("no confidence is below " + below + " and at least " + least);
        }
        if (a instanceof IntentIn(var x) && b instanceof IntentIn(var y) && !meet(x, y, Leaves::patternsMeet)) {
            return Optional.of("no intent is one of both " + x + " and " + y);
        }
        if (a instanceof LanguageIn(var x) && b instanceof LanguageIn(var y) && !meet(x, y, Leaves::rangesMeet)) {
            return Optional.of("no language is one of both " + x + " and " + y);
        }
        if (a instanceof SaidBy(var x) && b instanceof SaidBy(var y) && x != y) {
            return Optional.of("a turn has one speaker");
        }
        if (a instanceof SaidBy(var speaker) && b instanceof SaysOneOf && speaker != Speaker.CALLER) {
            return Optional.of("phrases are the caller's");
        }
        if (a instanceof Within(var x) && b instanceof Within(var y) && !x.mayMeet(y)) {
            return Optional.of("no hour is within both");
        }
        if (a instanceof HasEntity(var n1, var v1)
                && b instanceof HasEntity(var n2, var v2)
                && n1.equals(n2)
                && v1 != null
                && v2 != null
                && !RuleBook.same(v1, v2)) {
            return Optional.of("entity " + n1 + " has one value");
        }
        return Optional.empty();
    }

    /** Whether whatever is true of {@code a} is true of {@code b}, as far as one can tell. */
    private static boolean implies(Condition a, Condition b) {
        if (a.equals(b)) {
            return true;
        }
        if (a instanceof ConfidenceBelow(var x) && b instanceof ConfidenceBelow(var y)) {
            return x <= y;
        }
        if (a instanceof ConfidenceAtLeast(var x) && b instanceof ConfidenceAtLeast(var y)) {
            return x >= y;
        }
        if (a instanceof SentimentBelow(var x) && b instanceof SentimentBelow(var y)) {
            return x <= y;
        }
        if (a instanceof Turns(var x) && b instanceof Turns(var y)) {
            return x >= y;
        }
        if (a instanceof LowTurns(var x) && b instanceof LowTurns(var y)) {
            return x >= y;
        }
        if (a instanceof SaysOneOf && b instanceof SaidBy(var speaker)) {
            return speaker == Speaker.CALLER;
        }
        if (a instanceof HasEntity(var x, var value) && b instanceof HasEntity(var y, var any)) {
            return x.equals(y) && (any == null || value != null && RuleBook.same(any, value));
        }
        return a instanceof IntentIn(var x)
                && b instanceof IntentIn(var y)
                && x.stream().allMatch(one -> y.stream().anyMatch(other -> covers(other, one)));
    }

    private static boolean meet(List<String> x, List<String> y, BiPredicate<String, String> meet) {
        return x.stream().anyMatch(one -> y.stream().anyMatch(other -> meet.test(one, other)));
    }

    private static boolean patternsMeet(String x, String y) {
        return covers(x, y) || covers(y, x);
    }

    private static boolean rangesMeet(String x, String y) {
        String a = x.toLowerCase(Locale.ROOT);
        String b = y.toLowerCase(Locale.ROOT);
        return RuleBook.isWithin(a, b) || RuleBook.isWithin(b, a);
    }

    /** Whether every intent that {@code y} takes is taken by {@code x}. */
    private static boolean covers(String x, String y) {
        return x.endsWith("*")
                ? (y.endsWith("*") ? y.substring(0, y.length() - 1) : y).startsWith(x.substring(0, x.length() - 1))
                : x.equals(y);
    }
}
