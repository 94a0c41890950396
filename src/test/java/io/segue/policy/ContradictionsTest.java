package io.segue.policy;

import static io.segue.policy.Policies.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.policy.Condition.All;
import io.segue.policy.Condition.Any;
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
import io.segue.policy.Rule.Outcome;
import io.segue.turn.Speaker;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContradictionsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static List<String> of(Rule... rules) {
        return Contradictions.in(List.of(rules)).stream()
                .map(found -> found.rule() + " " + found.within() + ": " + found.why())
                .toList();
    }

    private static void never(String why, Condition... together) {
        assertEquals(List.of("0 when: can never hold: " + why), of(rule("r", new All(List.of(together)))));
    }

    private static void may(Condition... together) {
        assertEquals(List.of(), of(rule("r", new All(List.of(together)))));
    }

    private static Condition hours(DayOfWeek day, int from, int to) {
        return new Within(new Hours(Set.of(day), from, to, UTC));
    }

    @Test
    void findsFiguresThatNothingCanReach() {
        never("no confidence is below 0.4 and at least 0.4", new ConfidenceBelow(0.4), new ConfidenceAtLeast(0.4));
        never("no confidence is below 0.4 and at least 0.6", new ConfidenceAtLeast(0.6), new ConfidenceBelow(0.4));
        may(new ConfidenceBelow(0.41), new ConfidenceAtLeast(0.4));
        never("no confidence is below 0", new ConfidenceBelow(0));
        never("no sentiment is below -1", new SentimentBelow(-1));
        may(new ConfidenceAtLeast(1), new SentimentBelow(-0.99));
    }

    @Test
    void findsListsThatDoNotMeet() {
        never(
                "no intent is one of both [refund, pay*] and [close, re]",
                new IntentIn(List.of("refund", "pay*")),
                new IntentIn(List.of("close", "re")));
        may(new IntentIn(List.of("refund", "pay*")), new IntentIn(List.of("close", "re*")));
        may(new IntentIn(List.of("pay_*")), new IntentIn(List.of("pay*")));
        never("no language is one of both [en] and [de]", new LanguageIn(List.of("en")), new LanguageIn(List.of("de")));
        may(new LanguageIn(List.of("EN")), new LanguageIn(List.of("en-GB")));
        never("intent is one of none", new IntentIn(List.of()));
        never("language is one of none", new LanguageIn(List.of()));
        never("phrases are none", new SaysOneOf(List.of()));
    }

    @Test
    void findsHoursThatAreEmptyOrDoNotMeet() {
        never("hours are empty", new Within(new Hours(Set.of(), 0, 1440, UTC)));
        never("hours are empty", hours(DayOfWeek.MONDAY, 60, 60));
        never("no hour is within both", hours(DayOfWeek.MONDAY, 60, 120), hours(DayOfWeek.MONDAY, 120, 180));
        may(hours(DayOfWeek.MONDAY, 60, 121), hours(DayOfWeek.MONDAY, 120, 180));
        may(hours(DayOfWeek.SUNDAY, 1380, 60), hours(DayOfWeek.MONDAY, 0, 60));
    }

    @Test
    void findsSpeakersAndEntitiesThatCannotBeBoth() {
        never("a turn has one speaker", new SaidBy(Speaker.AGENT), new SaidBy(Speaker.CALLER));
        never("phrases are the caller's", new SaysOneOf(List.of("help")), new SaidBy(Speaker.AGENT));
        may(new SaysOneOf(List.of("help")), new SaidBy(Speaker.CALLER));
        never("entity tier has one value", new HasEntity("tier", "gold"), new HasEntity("tier", "lead"));
        may(new HasEntity("tier", 1), new HasEntity("tier", 1.0), new HasEntity("tier", null));
    }

    @Test
    void findsWhatIsAskedForAndRuledOut() {
        String why = "something is asked for and ruled out by not at the same time";
        never(why, new ConfidenceBelow(0.4), new Not(new ConfidenceBelow(0.5)));
        may(new ConfidenceBelow(0.5), new Not(new ConfidenceBelow(0.4)));
        never(why, new Not(new IntentIn(List.of("pay*", "refund"))), new IntentIn(List.of("payment")));
        never(why, new Turns(5), new Not(new Turns(3)));
        never(why, new LowTurns(2), new Not(new LowTurns(2)));
        never(why, new HasEntity("a", 1), new Not(new HasEntity("a", null)));
        never(why, new SaysOneOf(List.of("x")), new Not(new SaidBy(Speaker.CALLER)));
    }

    @Test
    void looksIntoAnyAndNotHoweverDeep() {
        Condition below = new ConfidenceBelow(0.4);
        Condition least = new ConfidenceAtLeast(0.6);
        never("any of nothing", new Any(List.of()));
        never("any of nothing", new Not(Condition.ALWAYS));
        never(
                "none of any can: the last, a turn has one speaker",
                below,
                new SaidBy(Speaker.CALLER),
                new Any(List.of(least, new SaidBy(Speaker.AGENT))));
        may(below, new Any(List.of(least, new SaidBy(Speaker.AGENT))));
        never(
                "no confidence is below 0.4 and at least 0.6",
                new Not(new Any(List.of(new Not(below), new Not(new All(List.of(least)))))));
        may(new Not(new All(List.of(below, least))));
    }

    @Test
    void findsRulesThatAreNeverAsked() {
        Rule always = rule("always", new Any(List.of(new Turns(3), Condition.ALWAYS)));
        Rule low = rule("low", new ConfidenceBelow(0.4));
        Rule again = rule("again", new All(List.of(new ConfidenceBelow(0.4))), Outcome.CARRY, Whom.ANYBODY);
        assertEquals(List.of("1 : is never asked: rule always before it always holds"), of(always, low));
        assertEquals(List.of("1 when: is never asked: rule low before it has the same condition"), of(low, again));
        assertEquals(List.of(), of(low, always));
        Rule off = new Rule("off", Condition.ALWAYS, always.then(), false);
        assertEquals(List.of(), of(off, low));
    }
}
