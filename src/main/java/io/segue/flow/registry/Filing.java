package io.segue.flow.registry;

import io.segue.flow.registry.Versions.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Takes the memos of changes from where they were made to where they are kept. A memo is written with its change and leaves only when it has been filed,
 * so no version is missing, whoever goes away in between. Several gateways may file the same ones: that does no harm.
 */
public final class Filing {
    private static final int AT_ONCE = 200;

    private final Documents documents;
    private final Versions versions;
    private @Nullable CompletableFuture<Void> running;

    public Filing(Documents documents, Versions versions) {
        this.documents = documents;
        this.versions = versions;
    }

    /** What is kept of a change; none where no versions are. */
    public @Nullable Map<String, Object> memo(
            String by, String role, @Nullable String note, @Nullable Map<String, Object> shown, boolean secret) {
        if (!versions.kept()) {
            return null;
        }
        Map<String, Object> memo = new LinkedHashMap<>();
        memo.put("by", by);
        memo.put("role", role);
        if (note != null) {
            memo.put("note", note);
        }
        if (shown != null) {
            memo.put("document", shown);
        }
        memo.put("secret", secret);
        return memo;
    }

    /** Files everything that waits; done when nothing does, failed when it could not be read or written. */
    public synchronized CompletionStage<Void> run() {
        if (!versions.kept()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> before = running;
        if (before != null && !before.isDone()) {
            return before.thenCompose(done -> some());
        }
        CompletableFuture<Void> now = some().toCompletableFuture();
        running = now;
        return now;
    }

    private CompletionStage<Void> some() {
        return documents.unfiled(AT_ONCE).thenCompose(waiting -> {
            if (waiting.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            List<Version> filed = waiting.stream().map(Filing::version).toList();
            return versions.file(filed)
                    .thenCompose(done -> documents.filed(waiting))
                    .thenCompose(done -> waiting.size() < AT_ONCE ? CompletableFuture.completedFuture(null) : some());
        });
    }

    @SuppressWarnings("unchecked")
    private static Version version(Documents.Unfiled unfiled) {
        Map<String, Object> memo = unfiled.memo();
        return new Version(
                unfiled.kind(),
                unfiled.id(),
                unfiled.version(),
                unfiled.atMs(),
                String.valueOf(memo.get("by")),
                String.valueOf(memo.get("role")),
                memo.get("note") instanceof String note ? note : null,
                memo.get("document") instanceof Map<?, ?> document ? (Map<String, Object>) document : null,
                Boolean.TRUE.equals(memo.get("secret")));
    }
}
