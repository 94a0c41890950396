package io.segue.archive;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.SignedHead;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A trail as gateways write it, in a database of its own. */
public final class SampleTrail implements AutoCloseable {
    public static final String KEY = "a key of 32 characters, or more!";

    private final String url;
    private final Database database;
    private final List<AuditWriter> writers = new ArrayList<>();

    private SampleTrail(String url) {
        this.url = url;
        this.database = TestPostgres.open(url, Limits.defaults());
        Await.up(database);
    }

    /** Each node writes so many entries, then signs the heads of all and says so. */
    public static SampleTrail write(int entries, String... nodes) {
        var trail = new SampleTrail(TestPostgres.freshUrl());
        AuditLimits defaults = AuditLimits.defaults();
        for (String node : nodes) {
            var writer = new AuditWriter(trail.database, node, InstantSource.system(), defaults, List.of());
            trail.writers.add(writer);
            for (int i = 0; i < entries; i++) {
                writer.append(new Entry("thing.done", null, Actor.GATEWAY, Map.of("n", i)))
                        .toCompletableFuture()
                        .join();
            }
        }
        for (int i = 0; i < nodes.length; i++) {
            var signed = new CompletableFuture<List<SignedHead>>();
            var heads = new AuditHeads(
                    trail.database,
                    trail.writers.get(i),
                    nodes[i],
                    HeadKey.of(KEY.getBytes(StandardCharsets.UTF_8)),
                    InstantSource.system(),
                    defaults,
                    signed::complete);
            signed.join();
            AuditWriter writer = trail.writers.get(i);
            Await.until("the heads stand in the chain of " + heads, () -> writer.written() == entries + 1);
        }
        return trail;
    }

    public String url() {
        return url;
    }

    @Override
    public void close() {
        writers.forEach(AuditWriter::close);
        database.close();
    }
}
