package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.registry.Documents.Kind;
import io.segue.flow.registry.Versions.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchivedVersionsTest {
    private Database database;
    private ArchivedVersions versions;

    @BeforeEach
    void open() {
        database = TestPostgres.open(TestPostgres.freshUrl(), Limits.defaults());
        Await.up(database);
        versions = new ArchivedVersions(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Version version(Kind kind, String id, long number) {
        return new Version(
                kind,
                id,
                number,
                1_700_000_000_123L + number,
                "ada",
                "admin",
                "n\u0000te ✓",
                Map.of("n", (int) number),
                false);
    }

    @Test
    void givesBackWhatWasFiledTheNewestFirst() {
        join(versions.file(List.of(
                version(Kind.AGENT, "a", 1),
                version(Kind.AGENT, "a", 2),
                version(Kind.QUEUE, "a", 1),
                new Version(Kind.AGENT, "a", 3, 1_700_000_000_999L, "sue", "supervisor", null, null, true))));
        List<Version> all = join(versions.of(Kind.AGENT, "a", Long.MAX_VALUE, 10));
        assertEquals(List.of(3L, 2L, 1L), all.stream().map(Version::version).toList());
        assertEquals(
                new Version(Kind.AGENT, "a", 3, 1_700_000_000_999L, "sue", "supervisor", null, null, true),
                all.getFirst());
        assertEquals(Map.of("n", 1), all.getLast().document());
        assertEquals(1_700_000_000_124L, all.getLast().atMs());
        assertEquals("n\uFFFDte ✓", all.getLast().note());
        assertEquals(2, join(versions.of(Kind.AGENT, "a", Long.MAX_VALUE, 2)).size());
        assertEquals(1, join(versions.of(Kind.AGENT, "a", 2, 10)).size());
        assertEquals(2, join(versions.find(Kind.AGENT, "a", 2)).orElseThrow().version());
        assertEquals(Optional.empty(), join(versions.find(Kind.AGENT, "a", 4)));
        assertEquals(Optional.empty(), join(versions.find(Kind.AGENT, "b", 1)));
    }

    @Test
    void filesTheSameTwiceAsOne() {
        join(versions.file(List.of(version(Kind.AGENT, "a", 1))));
        join(versions.file(List.of(version(Kind.AGENT, "a", 1), version(Kind.AGENT, "a", 2))));
        assertEquals(2, join(versions.of(Kind.AGENT, "a", Long.MAX_VALUE, 10)).size());
    }

    @Test
    void keepsNoneWithoutAPostgres() {
        assertTrue(versions.kept());
        try (Database off = Database.off()) {
            assertFalse(new ArchivedVersions(off).kept());
        }
    }
}
