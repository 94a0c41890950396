package io.segue.registry;

import io.segue.policy.Condition;
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
import io.segue.policy.History;
import io.segue.policy.Phrasebook;
import io.segue.turn.Speaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and shows a rule's condition: one object of one or more fields, which hold all together. One for each rule, since it counts. */
final class ConditionForm {
    private static final int TURNS_MAX = 2_000;
    private static final int TIMES_MAX = 100;

    private final Limits limits;
    private final boolean strict;
    private int count;

    ConditionForm(Limits limits, boolean strict) {
        this.limits = limits;
        this.strict = strict;
    }

    /** @param name the field it stands in; left out or empty it holds always */
    Condition read(Fields parent, String name) {
        Condition condition = read(parent, name, parent.object(name), 1);
        if (count > limits.rules().conditionsMax()) {
            parent.error(name, "has to be " + limits.rules().conditionsMax() + " conditions at most, not " + count);
        }
        return condition;
    }

    private Condition read(Fields parent, String name, Fields f, int depth) {
        if (depth > limits.rules().depthMax()) {
            parent.error(name, "is more than " + limits.rules().depthMax() + " conditions within each other");
            return Condition.ALWAYS;
        }
        List<Condition> all = new ArrayList<>();
        if (f.has("all")) {
            all.add(new All(each(f, "all", depth)));
        }
        if (f.has("any")) {
            all.add(new Any(each(f, "any", depth)));
        }
        if (f.has("not")) {
            all.add(new Not(read(f, "not", f.object("not"), depth + 1)));
        }
        ofTheTurn(f, all);
        ofTheCall(f, all);
        if (strict) {
            f.nothingElse();
        }
        count += all.size();
        return all.size() == 1 ? all.getFirst() : new All(List.copyOf(all));
    }

    private List<Condition> each(Fields f, String name, int depth) {
        List<Condition> conditions = new ArrayList<>();
        List<Fields> objects = f.objects(name, limits.rules().conditionsMax());
        for (int i = 0; i < objects.size(); i++) {
            conditions.add(read(f, name + "[" + i + "]", objects.get(i), depth + 1));
        }
        return List.copyOf(conditions);
    }

    private void ofTheTurn(Fields f, List<Condition> all) {
        if (f.has("intent")) {
            all.add(new IntentIn(intents(f)));
        }
        f.number("confidenceBelow", 0, 1).map(ConfidenceBelow::new).ifPresent(all::add);
        f.number("confidenceAtLeast", 0, 1).map(ConfidenceAtLeast::new).ifPresent(all::add);
        f.number("sentimentBelow", -1, 1).map(SentimentBelow::new).ifPresent(all::add);
        if (f.has("phrases")) {
            all.add(new SaysOneOf(phrases(f, limits.rules().listMax(), limits)));
        }
        if (f.has("language")) {
            all.add(new LanguageIn(filled(f, "language", Ids.CHARS_MAX)));
        }
        if (f.has("hours")) {
            all.add(new Within(HoursForm.read(f.object("hours"), strict)));
        }
        f.oneOf("speaker", Speaker.class).ifPresent(speaker -> {
            if (speaker == Speaker.HUMAN) {
                f.error("speaker", "has to be caller or agent: no rule is asked about what a human says");
            }
            all.add(new SaidBy(speaker));
        });
        if (f.has("entity")) {
            Fields entity = f.object("entity");
            all.add(new HasEntity(
                    entity.required("name", limits.nameCharsMax()).orElse(""),
                    entity.plainValue("equals", limits.nameCharsMax()).orElse(null)));
            end(entity);
        }
    }

    private void ofTheCall(Fields f, List<Condition> all) {
        if (f.has("sentimentSlopeBelow")) {
            Fields slope = f.object("sentimentSlopeBelow");
            if (!slope.has("slope")) {
                slope.error("slope", "is missing");
            }
            all.add(new SentimentSlopeBelow(
                    slope.number("slope", -2, 2).orElse(0.0), slope.whole("turns", 2, History.SENTIMENTS_MAX, 4)));
            end(slope);
        }
        if (f.has("repeats")) {
            Fields repeats = f.object("repeats");
            all.add(new Repeats(
                    repeats.oneOf("of", Repeats.Of.class).orElse(Repeats.Of.INTENT),
                    repeats.whole("times", 2, TIMES_MAX, 3)));
            end(repeats);
        }
        f.whole("lowTurns", 1, TURNS_MAX).map(n -> new LowTurns(n.intValue())).ifPresent(all::add);
        f.whole("turns", 1, TURNS_MAX).map(n -> new Turns(n.intValue())).ifPresent(all::add);
    }

    private void end(Fields f) {
        if (strict) {
            f.nothingElse();
        }
    }

    private List<String> intents(Fields f) {
        List<String> patterns = filled(f, "intent", limits.nameCharsMax());
        for (int i = 0; i < patterns.size(); i++) {
            int star = patterns.get(i).indexOf('*');
            if (star >= 0 && star < patterns.get(i).length() - 1) {
                f.error("intent[" + i + "]", "may have a * at its end only");
            }
        }
        return patterns;
    }

    /** Phrases, of a rule or of the policy itself: each with a word in it. */
    static List<String> phrases(Fields f, int countMax, Limits limits) {
        List<String> phrases = f.texts("phrases", countMax, limits.nameCharsMax());
        for (int i = 0; i < phrases.size(); i++) {
            if (!Phrasebook.canBeSaid(phrases.get(i))) {
                f.error("phrases[" + i + "]", "has to have a letter or digit, since words are compared");
            }
        }
        return phrases;
    }

    private List<String> filled(Fields f, String name, int charsMax) {
        return f.texts(name, limits.rules().listMax(), charsMax);
    }

    static Map<String, Object> show(Condition condition) {
        return switch (condition) {
            case All(var of) -> of.isEmpty() ? Map.of() : Map.of("all", each(of));
            case Any(var of) -> Map.of("any", each(of));
            case Not(var of) -> Map.of("not", show(of));
            case IntentIn(var patterns) -> Map.of("intent", patterns);
            case ConfidenceBelow(var limit) -> Map.of("confidenceBelow", limit);
            case ConfidenceAtLeast(var limit) -> Map.of("confidenceAtLeast", limit);
            case SentimentBelow(var limit) -> Map.of("sentimentBelow", limit);
            case SentimentSlopeBelow(var limit, var turns) ->
                Map.of("sentimentSlopeBelow", ordered("slope", limit, "turns", turns));
            case Repeats(var of, var times) -> Map.of("repeats", ordered("of", Wire.of(of), "times", times));
            case SaysOneOf(var phrases) -> Map.of("phrases", phrases);
            case LanguageIn(var ranges) -> Map.of("language", ranges);
            case Within(var hours) -> Map.of("hours", HoursForm.show(hours));
            case LowTurns(var atLeast) -> Map.of("lowTurns", atLeast);
            case Turns(var atLeast) -> Map.of("turns", atLeast);
            case SaidBy(var speaker) -> Map.of("speaker", Wire.of(speaker));
            case HasEntity(var name, var value) -> Map.of("entity", ordered("name", name, "equals", value));
        };
    }

    private static List<Map<String, Object>> each(List<Condition> conditions) {
        return conditions.stream().map(ConditionForm::show).toList();
    }

    private static Map<String, Object> ordered(String first, Object value, String second, @Nullable Object other) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(first, value);
        if (other != null) {
            tree.put(second, other);
        }
        return tree;
    }
}
