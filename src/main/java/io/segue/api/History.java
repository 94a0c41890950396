package io.segue.api;

import io.segue.flow.registry.Filing;
import io.segue.flow.registry.Versions;
import io.segue.flow.registry.Versions.Version;
import io.segue.registry.Difference;
import io.segue.registry.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The versions of a document, and the way back to one. */
@ApplicationScoped
public class History {
    static final int PAGE_MAX = 200;

    private final Versions versions;
    private final Filing filing;
    private final Answers answers;

    History(Versions versions, Filing filing, Answers answers) {
        this.versions = versions;
        this.filing = filing;
        this.answers = answers;
    }

    /** The newest first, each with what it changed. */
    CompletionStage<Response> list(Configured<?> kind, String id, long before, int atMost) {
        if (!versions.kept() || !Ids.valid(id)) {
            return answers.refuse(versions.kept() ? kind.missing(id) : notKept());
        }
        // One more than is shown: the last one shown is compared with it.
        var found = filing.run().thenCompose(done -> versions.of(kind.kind(), id, before, atMost + 1));
        return answers.later(
                found,
                some -> some.isEmpty() && before == Long.MAX_VALUE
                        ? answers.problem(kind.missing(id))
                        : answers.items(items(some, atMost)));
    }

    private static List<Map<String, Object>> items(List<Version> newestFirst, int atMost) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (int i = 0; i < Math.min(atMost, newestFirst.size()); i++) {
            Version version = newestFirst.get(i);
            Map<String, Object> before = i + 1 < newestFirst.size() ? document(newestFirst.get(i + 1)) : Map.of();
            Map<String, Object> item = head(version);
            item.put(
                    "changes",
                    Difference.between(before, document(version)).stream()
                            .map(History::difference)
                            .toList());
            items.add(item);
        }
        return items;
    }

    CompletionStage<Response> get(Configured<?> kind, String id, long number) {
        return found(kind, id, number, version -> {
            Map<String, Object> tree = head(version);
            tree.put("document", document(version));
            return Answers.now(answers.tree(200, tree));
        });
    }

    /** Makes a new version of an old one's content; the secret stays what it is now. */
    CompletionStage<Response> restore(Configured<?> kind, String id, long number, Edit edit) {
        return found(kind, id, number, version -> {
            if (version.document() == null) {
                return answers.refuse(Problem.conflict(
                        "version " + number + " is the deletion of the " + kind.noun() + "; send DELETE for that"));
            }
            String note = edit.note() == null ? "" : ": " + edit.note();
            return kind.put(
                    id,
                    document(version),
                    edit.noting("restored from version " + number + note),
                    errors -> Problem.conflict(
                            "version " + number + " cannot be taken any more: " + errors.getFirst(), errors));
        });
    }

    private CompletionStage<Response> found(
            Configured<?> kind,
            String id,
            long number,
            java.util.function.Function<Version, CompletionStage<Response>> then) {
        if (!versions.kept() || !Ids.valid(id)) {
            return answers.refuse(versions.kept() ? kind.missing(id) : notKept());
        }
        CompletionStage<Optional<Version>> found =
                filing.run().thenCompose(done -> versions.find(kind.kind(), id, number));
        return answers.within(found, some -> some.map(then)
                .orElseGet(() ->
                        answers.refuse(Problem.notFound("no version " + number + " of " + kind.noun() + " " + id))));
    }

    private static Problem notKept() {
        return Problem.unavailable("no versions are kept: this gateway has no archive (QUARKUS_DATASOURCE_JDBC_URL)");
    }

    private static Map<String, Object> head(Version version) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", version.version());
        tree.put("at", version.atMs());
        tree.put("by", version.by());
        tree.put("role", version.role());
        if (version.note() instanceof String note) {
            tree.put("note", note);
        }
        if (version.document() == null) {
            tree.put("deleted", true);
        }
        if (version.secret()) {
            tree.put("secretChanged", true);
        }
        return tree;
    }

    private static Map<String, Object> document(Version version) {
        Map<String, Object> document = version.document();
        return document == null ? Map.of() : document;
    }

    static Map<String, Object> difference(Difference difference) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("field", difference.field());
        if (difference.before() instanceof Object before) {
            tree.put("before", before);
        }
        if (difference.after() instanceof Object after) {
            tree.put("after", after);
        }
        return tree;
    }
}
