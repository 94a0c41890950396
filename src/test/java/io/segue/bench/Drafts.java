package io.segue.bench;

import io.segue.policy.Condition;
import io.segue.policy.Condition.All;
import io.segue.policy.Condition.Any;
import io.segue.policy.Condition.ConfidenceBelow;
import io.segue.policy.Condition.HasEntity;
import io.segue.policy.Condition.IntentIn;
import io.segue.policy.Condition.LanguageIn;
import io.segue.policy.Condition.LowTurns;
import io.segue.policy.Condition.Not;
import io.segue.policy.Condition.Repeats;
import io.segue.policy.Condition.SaysOneOf;
import io.segue.policy.Condition.SentimentBelow;
import io.segue.policy.Condition.SentimentSlopeBelow;
import io.segue.policy.Condition.Within;
import io.segue.policy.EscalationPolicy;
import io.segue.policy.Hours;
import io.segue.policy.Phrasebook;
import io.segue.policy.Rule;
import io.segue.policy.RuleBook;
import io.segue.policy.Whom;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;

/** Policies of many rules of every kind, of which next to none holds, so that a decision has to ask them all. */
final class Drafts {
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Kolkata"));

    private Drafts() {}

    static EscalationPolicy of(double threshold, int rules) {
        EscalationPolicy d = EscalationPolicy.defaults();
        List<Rule> book = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            book.add(new Rule(
                    "r" + i,
                    condition(i),
                    new Rule.Then(Rule.Outcome.HANDOFF, null, new Whom("q" + i, List.of(), 5)),
                    true));
        }
        return new EscalationPolicy(
                threshold,
                d.intents(),
                d.prewarmMargin(),
                d.prewarmTurns(),
                d.prewarmSeconds(),
                d.prewarmListen(),
                -0.95,
                Phrasebook.of(List.of("representative", "real person")),
                d.dtmf(),
                d.callerSilenceSeconds(),
                d.agentSilenceSeconds(),
                d.cut(),
                d.cutMaxMs(),
                d.fillerAfterMs(),
                d.maxWaitSeconds(),
                RuleBook.of(book));
    }

    /** What makes a rule rare stands last in it, so that what stands before is asked too. */
    private static Condition condition(int i) {
        Condition rare = new SaysOneOf(phrases(i));
        String intent = "intent_" + i % Dialogues.INTENTS;
        return switch (i % 8) {
            case 0 -> new All(List.of(new IntentIn(List.of(intent, "other_*")), new ConfidenceBelow(0.97), rare));
            case 1 -> new Any(List.of(new LowTurns(40), new Repeats(Repeats.Of.TEXT, 3), rare));
            case 2 ->
                new All(List.of(
                        new Within(new Hours(
                                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY),
                                22 * 60 - i,
                                20 * 60,
                                ZONES.get(i % ZONES.size()))),
                        rare));
            case 3 -> new All(List.of(new SentimentSlopeBelow(0.1, 4 + i % 8), new SentimentBelow(0.5), rare));
            case 4 -> rare;
            case 5 ->
                new All(List.of(new LanguageIn(List.of("en", "fr")), new Not(new IntentIn(List.of(intent))), rare));
            case 6 -> new All(List.of(new HasEntity("amount", null), new HasEntity("tier", "gold")));
            default -> new Repeats(Repeats.Of.INTENT, 20);
        };
    }

    /** Of words that are said all the time, in an order in which they are not. */
    private static List<String> phrases(int i) {
        String[] words = Dialogues.WORDS;
        return IntStream.range(0, 5)
                .mapToObj(k -> words[(i + k) % words.length] + " " + words[(3 * i + k + 7) % words.length] + " never "
                        + words[(i + 5 * k) % words.length] + " representative")
                .toList();
    }
}
