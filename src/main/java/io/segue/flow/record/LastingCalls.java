package io.segue.flow.record;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of live calls with the archive behind it: what has ended goes there too, and what the store has forgotten is read from there. */
public final class LastingCalls implements CallStore {
    private final CallStore store;
    private final CallArchive archive;

    public LastingCalls(CallStore store, CallArchive archive) {
        this.store = store;
        this.archive = archive;
    }

    @Override
    public void save(CallRecord record) {
        store.save(record);
        if (record.ended()) {
            archive.keep(lasting(record));
        }
    }

    @Override
    public CompletionStage<Optional<CallRecord>> find(String callId) {
        return elseArchived(store.find(callId), () -> archive.find(callId));
    }

    @Override
    public CompletionStage<Optional<CallRecord>> findBySipCallId(String sipCallId) {
        return elseArchived(store.findBySipCallId(sipCallId), () -> archive.findBySipCallId(sipCallId));
    }

    private static CompletionStage<Optional<CallRecord>> elseArchived(
            CompletionStage<Optional<CallRecord>> stored, Supplier<CompletionStage<Optional<CallRecord>>> archived) {
        return stored.handle((found, error) -> {
                    if (error == null && found.isPresent()) {
                        return CompletableFuture.completedStage(found);
                    }
                    return archived.get().exceptionallyCompose(away -> asTheStoreSays(error));
                })
                .thenCompose(later -> later);
    }

    /** A record as it is archived: how another gateway goes on with a call is of no use once it has ended, and messages are archived with their contact. */
    public static CallRecord lasting(CallRecord record) {
        return new CallRecord(
                record.callId(),
                record.owner(),
                record.epoch(),
                record.version(),
                record.sipCallIds(),
                record.ended(),
                withoutMessages(record.shown()));
    }

    private static Map<String, Object> withoutMessages(Map<String, Object> document) {
        if (document.get("context") instanceof Map<?, ?> context && context.containsKey("messages")) {
            Map<Object, Object> left = new LinkedHashMap<>(context);
            left.remove("messages");
            document.put("context", left);
        }
        return document;
    }

    /** The archive is away: then it is as if there were none. */
    private static CompletionStage<Optional<CallRecord>> asTheStoreSays(@Nullable Throwable error) {
        return error == null
                ? CompletableFuture.completedStage(Optional.empty())
                : CompletableFuture.failedStage(error);
    }

    @Override
    public CompletionStage<List<CallRecord>> list(int atMost) {
        return store.list(atMost);
    }

    @Override
    public CompletionStage<List<String>> ids(int atMost) {
        return store.ids(atMost);
    }

    /** Of those that the store knows none of, what the archive says; without either, what the other says. */
    @Override
    public CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents) {
        return store.lastCalls(agents)
                .handle((known, error) -> {
                    Map<String, Long> last = error == null ? new HashMap<>(known) : new HashMap<>();
                    List<String> unknown = agents.stream()
                            .filter(agent -> !last.containsKey(agent))
                            .toList();
                    CompletionStage<Map<String, Long>> asked =
                            unknown.isEmpty() ? CompletableFuture.completedStage(Map.of()) : archive.lastCalls(unknown);
                    return asked.<Map<String, Long>>thenApply(archived -> {
                                last.putAll(archived);
                                return last;
                            })
                            .exceptionallyCompose(away -> error == null
                                    ? CompletableFuture.completedStage(last)
                                    : CompletableFuture.failedStage(error));
                })
                .thenCompose(later -> later);
    }
}
