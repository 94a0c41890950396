package io.segue.api;

import io.segue.audit.Actor;
import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Documents.Change;
import io.segue.flow.registry.Documents.Expected;
import io.segue.flow.registry.Documents.Outcome;
import io.segue.flow.registry.Documents.Written;
import io.segue.registry.FieldError;
import io.segue.registry.Form;
import io.segue.registry.Ids;
import io.segue.registry.Read;
import io.segue.registry.Stamp;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * PUT, GET and DELETE of one kind of document. Reading is from memory, so it works while the store is away; writing answers once the
 * store has it, and this gateway knows it from then on.
 */
final class Configured<T> {
    private final Documents.Kind kind;
    private final Form<T> form;
    private final Shelf<T> shelf;
    private final Guard<T> guard;
    private final Function<T, Optional<String>> conflict;
    private final Function<T, List<FieldError>> warnings;
    private final Services services;

    /** What every kind needs. */
    record Services(Json json, Answers answers, RegistryChanges changes, int documentsMax) {}

    /** Who may do what to some of a kind. */
    interface Guard<T> {
        /** Whether there is anything that they may not do. */
        boolean limits(Actor by);

        /**
         * @param after what it shall be; none: gone
         * @return why that is not theirs to do; none: it is
         */
        Optional<String> refusal(Optional<T> before, @Nullable T after, Actor by);

        static <T> Guard<T> open() {
            return new Guard<>() {
                @Override
                public boolean limits(Actor by) {
                    return false;
                }

                @Override
                public Optional<String> refusal(Optional<T> before, @Nullable T after, Actor by) {
                    return Optional.empty();
                }
            };
        }
    }

    /** What is configured now. */
    record Shelf<T>(Function<String, Optional<T>> one, Supplier<List<T>> all, Function<String, Stamp> stamp) {}

    Configured(
            Documents.Kind kind,
            Form<T> form,
            Shelf<T> shelf,
            Guard<T> guard,
            Function<T, Optional<String>> conflict,
            Function<T, List<FieldError>> warnings,
            Services services) {
        this.kind = kind;
        this.form = form;
        this.shelf = shelf;
        this.guard = guard;
        this.conflict = conflict;
        this.warnings = warnings;
        this.services = services;
    }

    Documents.Kind kind() {
        return kind;
    }

    Form<T> form() {
        return form;
    }

    Shelf<T> shelf() {
        return shelf;
    }

    int documentsMax() {
        return services.documentsMax;
    }

    Response list() {
        return services.answers.items(
                shelf.all().get().stream().map(this::shown).toList());
    }

    Response get(String id) {
        return shelf.one()
                .apply(id)
                .map(thing -> tagged(200, shown(thing)))
                .orElseGet(() -> services.answers.problem(missing(id)));
    }

    CompletionStage<Response> put(String id, byte @Nullable [] body, Edit edit) {
        return switch (services.json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> services.answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) -> put(id, fields, edit, Problem::invalid);
        };
    }

    /** @param invalid what is answered when the fields cannot be taken */
    CompletionStage<Response> put(
            String id, Map<String, Object> fields, Edit edit, Function<List<FieldError>, Problem> invalid) {
        Optional<T> before = shelf.one().apply(id);
        return switch (form.read(id, fields, before.orElse(null))) {
            case Read.Invalid<T>(List<FieldError> errors) -> services.answers.refuse(invalid.apply(errors));
            case Read.Ok<T>(T thing) -> {
                Optional<Problem> forbidden = forbidden(id, before, thing, edit);
                if (forbidden.isPresent()) {
                    yield services.answers.refuse(forbidden.get());
                }
                Optional<String> why = before.isEmpty() && shelf.all().get().size() >= services.documentsMax
                        ? Optional.of("there are " + services.documentsMax + " already, which is the limit")
                        : conflict.apply(thing);
                yield why.isPresent()
                        ? services.answers.refuse(Problem.conflict(why.get()))
                        : store(id, thing, before, pinned(id, edit));
            }
        };
    }

    private CompletionStage<Response> store(String id, T thing, Optional<T> before, Edit edit) {
        return write(id, change(id, thing, before, edit), edit, written -> {
            Map<String, Object> stored = written.stored();
            Stamp stamp = stored == null ? Stamp.NONE : Stamp.of(stored);
            return tagged(before.isEmpty() ? 201 : 200, warned(thing, stamped(form.show(thing), stamp)));
        });
    }

    /** What is shown, and what its writer should know of it. */
    private Map<String, Object> warned(T thing, Map<String, Object> shown) {
        Map<String, Object> tree = new LinkedHashMap<>(shown);
        List<FieldError> found = warnings.apply(thing);
        if (!found.isEmpty()) {
            tree.put("warnings", Problem.trees(found));
        }
        return tree;
    }

    CompletionStage<Response> delete(String id, Edit edit) {
        if (!Ids.valid(id)) {
            return services.answers.refuse(missing(id));
        }
        Optional<Problem> forbidden = forbidden(id, shelf.one().apply(id), null, edit);
        if (forbidden.isPresent()) {
            return services.answers.refuse(forbidden.get());
        }
        return write(
                id,
                deletion(id, pinned(id, edit)),
                edit,
                written -> written.changed() ? Response.noContent().build() : services.answers.problem(missing(id)));
    }

    private Problem otherwise(String id) {
        return Problem.changed(noun() + " " + id + " is not, or no longer, as If-Match or If-None-Match says, or as it"
                + " was known here: read it again");
    }

    private Optional<Problem> forbidden(String id, Optional<T> before, @Nullable T after, Edit edit) {
        if (!guard.limits(edit.by())) {
            return Optional.empty();
        }
        boolean asKnown =
                switch (edit.expected()) {
                    case Expected.Anyhow() -> true;
                    case Expected.Absent() -> before.isEmpty();
                    case Expected.There() -> before.isPresent();
                    case Expected.Version version -> version.equals(known(id));
                };
        return asKnown ? guard.refusal(before, after, edit.by()).map(Problem::notAllowed) : Optional.of(otherwise(id));
    }

    /** What was looked at is what is changed, whoever is faster: else a guard could be gone round at another gateway. */
    private Edit pinned(String id, Edit edit) {
        return guard.limits(edit.by()) ? edit.expecting(known(id)) : edit;
    }

    /** As it is known here. */
    Expected known(String id) {
        return shelf.one().apply(id).isEmpty()
                ? new Expected.Absent()
                : new Expected.Version(shelf.stamp().apply(id).version());
    }

    private CompletionStage<Response> write(String id, Change change, Edit edit, Function<Written, Response> answer) {
        return services.answers.later(services.changes.write(List.of(change), edit), outcome -> switch (outcome) {
            case Outcome.Done(List<Written> written) -> answer.apply(written.getFirst());
            case Outcome.Otherwise otherwise -> services.answers.problem(otherwise(id));
            case Outcome.Full full -> services.answers.problem(RegistryChanges.full());
        });
    }

    /** What makes a thing of this kind what it shall be. */
    Change change(String id, T thing, Optional<T> before, Edit edit) {
        Map<String, Object> document = form.store(thing);
        boolean secret = !Objects.equals(
                document.get("secret"),
                before.map(form::store).map(was -> was.get("secret")).orElse(null));
        return new Change(
                kind, id, document, edit.expected(), services.changes.memo(edit, bare(form.show(thing)), secret));
    }

    Change deletion(String id, Edit edit) {
        return new Change(kind, id, null, edit.expected(), services.changes.memo(edit, null, false));
    }

    /** What may be shown, without the id, which stands beside it. */
    Map<String, Object> bare(Map<String, Object> shown) {
        Map<String, Object> tree = new LinkedHashMap<>(shown);
        tree.remove("id");
        return tree;
    }

    Map<String, Object> shown(T thing) {
        Map<String, Object> shown = form.show(thing);
        return stamped(shown, shelf.stamp().apply(String.valueOf(shown.get("id"))));
    }

    private static Map<String, Object> stamped(Map<String, Object> shown, Stamp stamp) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", shown.getOrDefault("id", ""));
        tree.put("version", stamp.version());
        tree.put("changedAt", stamp.changedAtMs());
        tree.putAll(shown);
        return tree;
    }

    private Response tagged(int status, Map<String, Object> tree) {
        return Response.fromResponse(services.answers.tree(status, tree))
                .header("ETag", "\"" + tree.get("version") + "\"")
                .build();
    }

    Problem missing(String id) {
        return Problem.notFound(Ids.valid(id) ? "no " + noun() + " " + id : "no such " + noun());
    }

    String noun() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
