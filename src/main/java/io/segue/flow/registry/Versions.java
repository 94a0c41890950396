package io.segue.flow.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The versions that configured documents have had, for good. */
public interface Versions {
    /** Whether there is a place for them; else none is kept, and the questions below fail. */
    boolean kept();

    /** Adds some; one that is there already stays as it is. */
    CompletionStage<Void> file(List<Version> versions);

    /**
     * The versions of a document, the newest first.
     *
     * @param before older than this one
     */
    CompletionStage<List<Version>> of(Documents.Kind kind, String id, long before, int atMost);

    CompletionStage<Optional<Version>> find(Documents.Kind kind, String id, long version);

    /**
     * What a document was from one change to the next.
     *
     * @param version counts the changes of the document from 1
     * @param atMs Unix milliseconds
     * @param by who changed it
     * @param role what they were
     * @param note why, in their words
     * @param document as it was shown, without its secrets; none: it was deleted
     * @param secret whether a secret changed too
     */
    record Version(
            Documents.Kind kind,
            String id,
            long version,
            long atMs,
            String by,
            String role,
            @Nullable String note,
            @Nullable Map<String, Object> document,
            boolean secret) {}
}
