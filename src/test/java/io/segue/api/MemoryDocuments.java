package io.segue.api;

import io.segue.flow.registry.DirectoryFeed;
import io.segue.flow.registry.Documents;
import io.segue.registry.Directory;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

@Alternative
@Singleton
class MemoryDocuments implements Documents {
    final Map<Kind, Map<String, Map<String, Object>>> stored = new ConcurrentHashMap<>();
    final List<Unfiled> memos = new CopyOnWriteArrayList<>();
    private final Map<String, Long> counters = new ConcurrentHashMap<>();
    private final DirectoryFeed feed;
    volatile boolean away;

    MemoryDocuments(Directory directory) {
        feed = new DirectoryFeed(directory);
    }

    @Override
    public synchronized CompletionStage<Outcome> write(List<Change> changes) {
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("redis://secret-host is away"));
        }
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Map<String, Object> there = of(change.kind()).get(change.id());
            boolean asExpected =
                    switch (change.expected()) {
                        case Expected.Anyhow() -> true;
                        case Expected.There() -> there != null;
                        case Expected.Absent() -> there == null;
                        case Expected.Version(long version) ->
                            there != null && there.get("version").equals(version);
                    };
            if (!asExpected) {
                return CompletableFuture.completedFuture(new Outcome.Otherwise(i));
            }
        }
        return CompletableFuture.completedFuture(
                new Outcome.Done(changes.stream().map(this::write).toList()));
    }

    private Written write(Change change) {
        Map<String, Object> there = of(change.kind()).get(change.id());
        Map<String, Object> bare = there == null ? null : new LinkedHashMap<>(there);
        if (bare != null) {
            bare.remove("version");
            bare.remove("changedAt");
        }
        if (java.util.Objects.equals(bare, change.document())) {
            return new Written(false, there);
        }
        long version = counters.merge(change.kind() + change.id(), 1L, Long::sum);
        Map<String, Object> stored = null;
        if (change.document() == null) {
            of(change.kind()).remove(change.id());
        } else {
            stored = new LinkedHashMap<>(Map.of("version", version, "changedAt", 1_700_000_000_000L));
            stored.putAll(change.document());
            of(change.kind()).put(change.id(), stored);
        }
        feed.changed(change.kind(), change.id(), stored);
        if (change.memo() != null) {
            memos.add(new Unfiled(
                    change.kind(), change.id(), version, 1_700_000_000_000L, change.memo(), "" + memos.size()));
        }
        return new Written(true, stored);
    }

    @Override
    public CompletionStage<List<Unfiled>> unfiled(int atMost) {
        return CompletableFuture.completedFuture(memos.stream().limit(atMost).toList());
    }

    @Override
    public CompletionStage<Void> filed(java.util.Collection<Unfiled> filed) {
        memos.removeAll(filed);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Map<String, Map<String, Object>>> all(Kind kind) {
        return CompletableFuture.completedFuture(of(kind));
    }

    @Override
    public void listen(Listener listener) {}

    Map<String, Map<String, Object>> of(Kind kind) {
        return stored.computeIfAbsent(kind, unused -> new ConcurrentHashMap<>());
    }
}
