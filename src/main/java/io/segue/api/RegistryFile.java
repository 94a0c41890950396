package io.segue.api;

import io.segue.agent.Agent;
import io.segue.agent.NumberPattern;
import io.segue.flow.registry.Documents.Change;
import io.segue.registry.Difference;
import io.segue.registry.FieldError;
import io.segue.registry.Nearest;
import io.segue.registry.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The whole registry as one tree, {@code agents}, {@code queues}, {@code humans} and {@code trunks}, each by id, without secrets; and what such a tree would change.
 * Errors name a document and a field: {@code agents/billing#policy.threshold}.
 */
final class RegistryFile {
    private static final int ERRORS_MAX = 200;

    private final Map<String, Configured<?>> kinds = new LinkedHashMap<>();

    RegistryFile(Shelves shelves) {
        kinds.put("agents", shelves.agents());
        kinds.put("queues", shelves.queues());
        kinds.put("humans", shelves.humans());
        kinds.put("trunks", shelves.trunks());
    }

    /**
     * What a file would change.
     *
     * @param changes all of it, each expecting what is known here; should another gateway have changed it meanwhile, nothing of the file is taken
     * @param errors why it cannot be; then nothing else counts
     */
    record Plan(
            List<String> created,
            List<Map<String, Object>> changed,
            List<String> unchanged,
            List<String> deleted,
            List<Change> changes,
            List<FieldError> errors) {
        private Plan() {
            this(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }

        private void wrong(String field, String message) {
            if (errors.size() < ERRORS_MAX) {
                errors.add(new FieldError(field, message));
            }
        }

        Map<String, Object> tree(boolean dryRun) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("dryRun", dryRun);
            tree.put("created", created);
            tree.put("changed", changed);
            tree.put("deleted", deleted);
            tree.put("unchanged", unchanged);
            return tree;
        }
    }

    /** By kind and by id, so that the same registry is the same text. */
    Map<String, Object> tree() {
        Map<String, Object> file = new LinkedHashMap<>();
        kinds.forEach((name, kind) -> file.put(name, tree(kind)));
        return file;
    }

    private static <T> Map<String, Object> tree(Configured<T> kind) {
        Map<String, Object> documents = new TreeMap<>();
        for (T thing : kind.shelf().all().get()) {
            Map<String, Object> shown = kind.form().show(thing);
            documents.put(String.valueOf(shown.get("id")), kind.bare(shown));
        }
        return documents;
    }

    /** @param prune whether what the file does not name is deleted, of the kinds that it names */
    Plan plan(Map<String, Object> file, boolean prune, Edit edit) {
        Plan plan = new Plan();
        for (String name : file.keySet()) {
            if (!kinds.containsKey(name)) {
                plan.wrong(name, "is not known" + nearest(name));
            }
        }
        kinds.forEach((name, kind) -> {
            Object section = file.get(name);
            if (section instanceof Map<?, ?> documents) {
                plan(plan, name, kind, documents, prune, edit);
            } else if (section != null) {
                plan.wrong(name, "has to be documents by id");
            }
        });
        return plan;
    }

    private String nearest(String name) {
        return Nearest.to(name, kinds.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> "; known are " + String.join(", ", kinds.keySet()));
    }

    private static <T> void plan(
            Plan plan, String name, Configured<T> kind, Map<?, ?> documents, boolean prune, Edit edit) {
        Map<String, T> after = new TreeMap<>();
        for (T thing : kind.shelf().all().get()) {
            after.put(String.valueOf(kind.form().show(thing).get("id")), thing);
        }
        Set<String> named = documents.keySet().stream().map(String::valueOf).collect(Collectors.toSet());
        for (String id : prune ? List.copyOf(after.keySet()) : List.<String>of()) {
            if (!named.contains(id)) {
                after.remove(id);
                plan.deleted.add(name + "/" + id);
                plan.changes.add(kind.deletion(id, edit.expecting(kind.known(id))));
            }
        }
        documents.forEach((key, document) -> {
            String id = String.valueOf(key);
            if (document instanceof Map<?, ?> fields) {
                document(plan, name, kind, id, fields, edit).ifPresent(thing -> after.put(id, thing));
            } else {
                plan.wrong(name + "/" + id, "has to be an object");
            }
        });
        if (after.size() > kind.documentsMax()) {
            plan.wrong(name, "would be " + after.size() + ", and " + kind.documentsMax() + " is the limit");
        }
        numbersOfTwo(plan, name, after);
    }

    private static <T> Optional<T> document(
            Plan plan, String name, Configured<T> kind, String id, Map<?, ?> fields, Edit edit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        fields.forEach((key, value) -> tree.put(String.valueOf(key), value));
        Optional<T> before = kind.shelf().one().apply(id);
        String path = name + "/" + id;
        return switch (kind.form().read(id, tree, before.orElse(null))) {
            case Read.Invalid<T>(List<FieldError> errors) -> {
                errors.forEach(error ->
                        plan.wrong(error.field().isEmpty() ? path : path + "#" + error.field(), error.message()));
                yield Optional.empty();
            }
            case Read.Ok<T>(T thing) -> {
                if (before.isEmpty()) {
                    plan.created.add(path);
                } else if (kind.form().store(before.get()).equals(kind.form().store(thing))) {
                    plan.unchanged.add(path);
                    yield Optional.of(thing);
                } else {
                    Map<String, Object> changed = new LinkedHashMap<>();
                    changed.put("document", path);
                    changed.put(
                            "changes",
                            Difference.between(
                                            kind.form().show(before.get()),
                                            kind.form().show(thing))
                                    .stream()
                                    .map(History::difference)
                                    .toList());
                    plan.changed.add(changed);
                }
                plan.changes.add(kind.change(id, thing, before, edit.expecting(kind.known(id))));
                yield Optional.of(thing);
            }
        };
    }

    private static <T> void numbersOfTwo(Plan plan, String name, Map<String, T> things) {
        Map<NumberPattern, String> holders = new HashMap<>();
        for (T thing : things.values()) {
            if (thing instanceof Agent agent) {
                for (NumberPattern number : agent.numbers()) {
                    String holder = holders.putIfAbsent(number, agent.id());
                    if (holder != null) {
                        plan.wrong(name + "/" + agent.id() + "#numbers", number + " is agent " + holder + "'s");
                    }
                }
            }
        }
    }
}
