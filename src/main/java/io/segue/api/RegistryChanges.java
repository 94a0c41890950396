package io.segue.api;

import io.segue.audit.Entry;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Documents.Change;
import io.segue.flow.registry.Documents.Outcome;
import io.segue.flow.registry.Documents.Written;
import io.segue.flow.registry.Filing;
import io.segue.registry.Stamp;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one door through which what is configured changes: it logs and audits who did what, and has it filed as a version. */
@ApplicationScoped
public class RegistryChanges {
    private static final Logger LOG = Logger.getLogger(RegistryChanges.class);

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

    /** All of it, or nothing. */
    CompletionStage<Outcome> write(List<Change> changes, Edit edit) {
        return documents.write(changes).thenApply(outcome -> {
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
            Map<String, Object> shown = new LinkedHashMap<>(stored);
            shown.keySet().removeAll(List.of("version", "changedAt", "secret"));
            body.put("document", shown);
        }
        if (edit.note() instanceof String note) {
            body.put("note", note);
        }
        audit.record(new Entry(noun + (removed ? ".removed" : ".changed"), null, edit.by(), body));
    }
}
