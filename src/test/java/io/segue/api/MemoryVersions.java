package io.segue.api;

import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Versions;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

@Alternative
@Singleton
class MemoryVersions implements Versions {
    private final List<Version> filed = new CopyOnWriteArrayList<>();
    volatile boolean away;

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public CompletionStage<Void> file(List<Version> versions) {
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("postgresql://secret-host is away"));
        }
        filed.addAll(versions);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<List<Version>> of(Documents.Kind kind, String id, long before, int atMost) {
        return CompletableFuture.completedFuture(filed.reversed().stream()
                .filter(v -> v.kind() == kind && v.id().equals(id) && v.version() < before)
                .limit(atMost)
                .toList());
    }

    @Override
    public CompletionStage<Optional<Version>> find(Documents.Kind kind, String id, long version) {
        return of(kind, id, version + 1, 1)
                .thenApply(found ->
                        found.stream().filter(v -> v.version() == version).findFirst());
    }
}
