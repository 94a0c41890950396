package io.segue.api;

import io.segue.api.auth.Asker;
import io.segue.audit.Entry;
import io.segue.flow.AuditTrail;
import io.segue.flow.Documents;
import io.segue.registry.FieldError;
import io.segue.registry.Form;
import io.segue.registry.Ids;
import io.segue.registry.Read;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * PUT, GET and DELETE of one kind of document. Reading is from memory, so it works while the store is away; writing answers once the
 * store has it, and this gateway knows it from then on.
 */
final class Configured<T> {
    private static final Logger LOG = Logger.getLogger(Configured.class);

    private final Documents.Kind kind;
    private final Form<T> form;
    private final Function<String, Optional<T>> one;
    private final Supplier<List<T>> all;
    private final Function<T, Optional<String>> conflict;
    private final Function<T, List<FieldError>> warnings;
    private final Services services;

    /** What every kind needs. */
    record Services(
            Json json,
            Answers answers,
            Documents documents,
            Documents.Listener feed,
            int documentsMax,
            AuditTrail audit,
            Asker asker) {}

    Configured(
            Documents.Kind kind,
            Form<T> form,
            Function<String, Optional<T>> one,
            Supplier<List<T>> all,
            Function<T, Optional<String>> conflict,
            Function<T, List<FieldError>> warnings,
            Services services) {
        this.kind = kind;
        this.form = form;
        this.one = one;
        this.all = all;
        this.conflict = conflict;
        this.warnings = warnings;
        this.services = services;
    }

    Response list() {
        return services.answers.items(all.get().stream().map(form::show).toList());
    }

    Response get(String id) {
        return one.apply(id)
                .map(thing -> services.answers.tree(200, form.show(thing)))
                .orElseGet(() -> services.answers.problem(missing(id)));
    }

    CompletionStage<Response> put(String id, byte @Nullable [] body, String by) {
        return switch (services.json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> services.answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) -> put(id, fields, by);
        };
    }

    private CompletionStage<Response> put(String id, Map<String, Object> fields, String by) {
        Optional<T> before = one.apply(id);
        return switch (form.read(id, fields, before.orElse(null))) {
            case Read.Invalid<T>(List<FieldError> errors) -> services.answers.refuse(Problem.invalid(errors));
            case Read.Ok<T>(T thing) -> {
                Optional<String> why = before.isEmpty() && all.get().size() >= services.documentsMax
                        ? Optional.of("there are " + services.documentsMax + " already, which is the limit")
                        : conflict.apply(thing);
                yield why.isPresent()
                        ? services.answers.refuse(Problem.conflict(why.get()))
                        : store(id, thing, before.isEmpty() ? 201 : 200, by);
            }
        };
    }

    private CompletionStage<Response> store(String id, T thing, int status, String by) {
        Map<String, Object> document = form.store(thing);
        Map<String, Object> shown = form.show(thing);
        Entry entry = entry("changed", Map.of("id", id, "new", status == 201, "document", shown));
        return services.answers.later(services.documents.put(kind, id, document).thenApply(nothing -> id), done -> {
            services.feed.changed(kind, id, document);
            LOG.infof("%s %s written by %s", kind, id, by);
            services.audit.record(entry);
            return services.answers.tree(status, warned(thing, shown));
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

    CompletionStage<Response> delete(String id, String by) {
        if (!Ids.valid(id)) {
            return services.answers.refuse(missing(id));
        }
        Entry entry = entry("removed", Map.of("id", id));
        return services.answers.later(services.documents.delete(kind, id), existed -> {
            services.feed.changed(kind, id, null);
            if (!existed) {
                return services.answers.problem(missing(id));
            }
            LOG.infof("%s %s deleted by %s", kind, id, by);
            services.audit.record(entry);
            return Response.noContent().build();
        });
    }

    /** Made while the request is at hand, which says who asks. */
    private Entry entry(String verb, Map<String, Object> body) {
        return new Entry(noun() + "." + verb, null, services.asker.actor(), body);
    }

    private String noun() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Problem missing(String id) {
        return Problem.notFound(Ids.valid(id) ? "no " + noun() + " " + id : "no such " + noun());
    }
}
