package io.segue.api;

import io.segue.audit.Entry;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Documents.Change;
import io.segue.flow.registry.Documents.Kind;
import io.segue.flow.registry.Documents.Outcome;
import io.segue.flow.registry.Documents.Written;
import io.segue.flow.registry.Filing;
import io.segue.registry.Stamp;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one door through which what is configured changes: it logs and audits who did what, and has it filed as a version. */
@ApplicationScoped
public class RegistryChanges {
    private static final Logger LOG = Logger.getLogger(RegistryChanges.class);

    /** Entries that wait for the trail together. */
    private static final int AT_ONCE = 500;

    private final Documents documents;
    private final Filing filing;
    private final AuditTrail audit;

    RegistryChanges(Documents documents, Filing filing, AuditTrail audit) {
        this.documents = documents;
        this.filing = filing;
        this.audit = audit;
    }

    /** What is kept of a change; none where no versions are. */
    @Nullable
    Map<String, Object> memo(Edit edit, @Nullable Map<String, Object> shown, boolean secret) {
        return filing.memo(edit.by().name(), edit.by().role(), edit.note(), shown, secret);
    }

    /**
     * All of it, or nothing. What an agent may do is regulated: that it shall change is in the trail before it does, and fails with {@link ArchiveAway} when it cannot be
     * written there.
     */
    CompletionStage<Outcome> write(List<Change> changes, Edit edit) {
        return ordered(changes, edit)
                .thenCompose(written -> documents.write(changes))
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Done(List<Written> written)) {
                        for (int i = 0; i < written.size(); i++) {
                            if (written.get(i).changed()) {
                                told(changes.get(i), written.get(i), edit);
                            }
                        }
                        var filed = filing.run().exceptionally(error -> {
                            LOG.debug("versions wait to be filed", error);
                            return null;
                        });
                    }
                    return outcome;
                });
    }

    /** Part by part, so that the largest registry finds room. */
    private CompletionStage<?> ordered(List<Change> changes, Edit edit) {
        CompletionStage<?> done = CompletableFuture.completedFuture(null);
        if (!audit.kept()) {
            return done;
        }
        List<Entry> entries = changes.stream()
                .filter(change -> change.kind() == Kind.AGENT)
                .map(change -> order(change, edit))
                .toList();
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<Entry> part = entries.subList(from, Math.min(from + AT_ONCE, entries.size()));
            done = done.thenCompose(before -> CompletableFuture.allOf(part.stream()
                    .map(entry -> audit.append(entry).toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new)));
        }
        return done.exceptionallyCompose(error -> {
            LOG.warn("a change of agents is not made, the trail does not have it", error);
            return CompletableFuture.failedFuture(
                    new ArchiveAway("nothing was changed: that it shall be could not be written to the audit trail"));
        });
    }

    private static Entry order(Change change, Edit edit) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", change.id());
        Map<String, Object> document = change.document();
        if (document == null) {
            body.put("removed", true);
        } else {
            body.put("document", shown(document));
        }
        if (edit.note() instanceof String note) {
            body.put("note", note);
        }
        return new Entry("agent.change_ordered", null, edit.by(), body);
    }

    private static Map<String, Object> shown(Map<String, Object> stored) {
        Map<String, Object> shown = new LinkedHashMap<>(stored);
        shown.keySet().removeAll(List.of("version", "changedAt", "secret"));
        return shown;
    }

    static Problem full() {
        return Problem.unavailable("too many changes wait to be filed as versions; is the archive away?");
    }

    private void told(Change change, Written written, Edit edit) {
        String noun = change.kind().name().toLowerCase(Locale.ROOT);
        boolean removed = change.document() == null;
        LOG.infof(
                "%s %s %s by %s",
                noun, change.id(), removed ? "deleted" : "written", edit.by().name());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", change.id());
        if (written.stored() instanceof Map<String, Object> stored) {
            body.put("version", Stamp.of(stored).version());
            body.put("document", shown(stored));
        }
        if (edit.note() instanceof String note) {
            body.put("note", note);
        }
        audit.record(new Entry(noun + (removed ? ".removed" : ".changed"), null, edit.by(), body));
    }
}
