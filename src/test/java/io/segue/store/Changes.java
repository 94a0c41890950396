package io.segue.store;

import io.segue.flow.registry.Documents.Change;
import io.segue.flow.registry.Documents.Expected;
import io.segue.flow.registry.Documents.Kind;
import io.segue.flow.registry.Documents.Outcome;
import io.segue.flow.registry.Documents.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Changes of documents, one at a time, for tests. */
final class Changes {
    private Changes() {}

    static CompletionStage<Outcome> put(Store store, Kind kind, String id, Map<String, Object> document) {
        return write(store, kind, id, document, new Expected.Anyhow());
    }

    static CompletionStage<Outcome> write(
            Store store, Kind kind, String id, @Nullable Map<String, Object> document, Expected expected) {
        return store.documents().write(List.of(new Change(kind, id, document, expected, null)));
    }

    /** Whether there was one. */
    static CompletionStage<Boolean> delete(Store store, Kind kind, String id) {
        return write(store, kind, id, null, new Expected.Anyhow())
                .thenApply(outcome -> written(outcome).changed());
    }

    static Written written(Outcome outcome) {
        return ((Outcome.Done) outcome).written().getFirst();
    }

    /** A document as it was written, without its version. */
    static Map<String, Object> bare(@Nullable Map<String, Object> stored) {
        var bare = new HashMap<>(stored == null ? Map.of() : stored);
        bare.remove("version");
        bare.remove("changedAt");
        return bare;
    }
}
