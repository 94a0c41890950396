package io.segue.flow.review;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.contact.Redactor;
import io.segue.flow.Calls;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Webhooks;
import io.segue.flow.review.Reviews.Draft;
import io.segue.flow.review.Reviews.Outcome;
import io.segue.flow.review.Reviews.Place;
import io.segue.review.Label;
import io.segue.review.Labelling;
import io.segue.review.Mark;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Labels turns of calls, live ones and past ones alike, and tells everybody who is to know. */
public final class LabelDesk {
    private final Calls calls;
    private final Reviews reviews;
    private final AuditTrail audit;
    private final EventLog events;
    private final Webhooks webhooks;
    private final Consumer<Label> set;
    private final Redactor redactor;

    /**
     * @param redactor what a reviewer writes passes it before it is kept
     * @param set told of each label that stands
     */
    public LabelDesk(
            Calls calls,
            Reviews reviews,
            Redactor redactor,
            AuditTrail audit,
            EventLog events,
            Webhooks webhooks,
            Consumer<Label> set) {
        this.redactor = redactor;
        this.calls = calls;
        this.reviews = reviews;
        this.audit = audit;
        this.events = events;
        this.webhooks = webhooks;
        this.set = set;
    }

    /** What came of it. */
    public sealed interface Answer {
        /** @param document the label as it is shown */
        record Labelled(Map<String, Object> document, int version) implements Answer {}

        record NoSuchCall() implements Answer {}

        record NoSuchTurn() implements Answer {}

        /** The turn is none that is labelled: a human's, or a caller's that nobody has read an intent into. */
        record NotTheAgents() implements Answer {}

        /** The better text is the text that it was. */
        record Unchanged() implements Answer {}

        record Refused(Labelling.Ruling ruling) implements Answer {}
    }

    /**
     * @param readable which calls they may see
     * @param version of the label that they want to change; none: they say nothing of one
     */
    public CompletionStage<Answer> label(
            String call,
            String turn,
            Draft draft,
            Actor actor,
            @Nullable Integer version,
            Predicate<Map<String, Object>> readable) {
        return calls.get(call).thenCompose(found -> {
            Optional<Map<String, Object>> document = found.filter(readable);
            if (document.isEmpty()) {
                return done(new Answer.NoSuchCall());
            }
            Map<String, Object> said = turn(document.get(), turn);
            if (said == null) {
                return done(new Answer.NoSuchTurn());
            }
            if (!labelled(said)) {
                return done(new Answer.NotTheAgents());
            }
            String was = String.valueOf(said.get(isCallers(said) ? "intent" : "text"));
            if (draft.mark() == Mark.EDITED && was.equals(draft.text())) {
                return done(new Answer.Unchanged());
            }
            return reviews.label(new Place(call, turn, actor.name(), actor.role(), version), redacted(draft))
                    .thenApply(outcome -> switch (outcome) {
                        case Outcome.Refused(Labelling.Ruling ruling) -> new Answer.Refused(ruling);
                        case Outcome.Labelled(Label label, boolean second) -> {
                            Map<String, Object> shown = shown(turn, second, label);
                            tell(call, document.get(), said, shown, actor);
                            set.accept(label);
                            yield new Answer.Labelled(shown, label.version());
                        }
                    });
        });
    }

    private Draft redacted(Draft draft) {
        return new Draft(
                draft.mark(), redactor.orNull(draft.text(), ""), redactor.orNull(draft.reason(), ""), draft.severity());
    }

    /** A label as it is shown. */
    public static Map<String, Object> shown(String turn, boolean second, Label label) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("turn", turn);
        tree.put("label", lower(label.mark()));
        put(tree, "text", label.text());
        put(tree, "reason", label.reason());
        put(tree, "severity", label.severity() == null ? null : lower(label.severity()));
        tree.put("reviewer", label.reviewer());
        tree.put("role", label.role());
        tree.put("at", label.atMs());
        tree.put("version", label.version());
        put(tree, "slice", label.slice() == null ? null : lower(label.slice()));
        if (second) {
            tree.put("second", true);
        }
        return tree;
    }

    private void tell(
            String call,
            Map<String, Object> document,
            Map<String, Object> said,
            Map<String, Object> label,
            Actor actor) {
        audit.record(new Entry("label.set", call, actor, label));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("call", call);
        put(event, "agent", document.get("agent"));
        put(event, "intent", said.get("intent"));
        put(event, "confidence", said.get("confidence"));
        event.putAll(label);
        Map<String, Object> push = new LinkedHashMap<>(event);
        push.put("speaker", said.get("speaker"));
        push.put("original", said.get("text"));
        webhooks.post("label", push);
        event.remove("text");
        event.remove("reason");
        events.publish("label", event);
    }

    /** By its id, as the archive names turns: the second of the same id is {@code id#ordinal}. */
    private static @Nullable Map<String, Object> turn(Map<String, Object> document, String id) {
        Set<String> ids = new HashSet<>();
        List<?> turns = document.get("turns") instanceof List<?> list ? list : List.of();
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i) instanceof Map<?, ?> turn) {
                String own = String.valueOf(turn.get("id"));
                if (id.equals(ids.add(own) ? own : own + "#" + i)) {
                    return tree(turn);
                }
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // documents are trees
    private static Map<String, Object> tree(Map<?, ?> turn) {
        return (Map<String, Object>) turn;
    }

    private static boolean labelled(Map<String, Object> turn) {
        return "agent".equals(turn.get("speaker")) || isCallers(turn) && turn.get("intent") != null;
    }

    private static boolean isCallers(Map<String, Object> turn) {
        return "caller".equals(turn.get("speaker"));
    }

    private static CompletionStage<Answer> done(Answer answer) {
        return CompletableFuture.completedStage(answer);
    }

    private static void put(Map<String, Object> tree, String name, @Nullable Object value) {
        if (value != null) {
            tree.put(name, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
