package io.segue.archive;

import io.segue.flow.oversight.SignoffArchive;
import io.segue.flow.record.ArchiveAway;
import io.segue.signoff.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sign-offs and approvals in PostgreSQL. They wait here, of each the newest state, until they are written; the trail has each decision in any case. */
public final class ArchivedSignoffs implements SignoffArchive {
    private static final Logger LOG = Logger.getLogger(ArchivedSignoffs.class);

    /** Requests that wait for PostgreSQL; one more is kept in the trail alone. */
    static final int WAITING_MAX = 10_000;

    /** What they may take together, by {@link Weight}; what would be more waits without its evidence, and if that is too much too, is kept in the trail alone. */
    static final long WAITING_BYTES_MAX = 64L << 20;

    private final Database database;
    private final long bytesMax;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private long bytes;
    private final LongAdder lost = new LongAdder();
    private boolean writing;

    private record Waiting(Map<String, Object> document, long bytes) {
        Waiting(Map<String, Object> document) {
            this(document, Weight.of(document));
        }
    }

    public ArchivedSignoffs(Database database) {
        this(database, WAITING_BYTES_MAX);
    }

    ArchivedSignoffs(Database database, long bytesMax) {
        this.database = database;
        this.bytesMax = bytesMax;
        database.whenUp(this::drain);
        database.whileUp(this::drain);
    }

    /** Those that there was no room for, or that PostgreSQL would not take. */
    public long lost() {
        return lost.sum();
    }

    @Override
    public void keep(Request.Kind kind, Map<String, Object> document) {
        if (database.state() == Database.State.OFF) {
            return;
        }
        String id = String.valueOf(document.get("id"));
        if (!put(id, new Waiting(document)) && !put(id, new Waiting(withoutEvidence(document)))) {
            lost.increment();
        }
        drain();
    }

    private synchronized boolean put(String id, Waiting newest) {
        Waiting before = waiting.get(id);
        long after = bytes - (before == null ? 0 : before.bytes) + newest.bytes;
        if (after > bytesMax || before == null && waiting.size() >= WAITING_MAX) {
            return false;
        }
        waiting.put(id, newest);
        bytes = after;
        return true;
    }

    private static Map<String, Object> withoutEvidence(Map<String, Object> document) {
        Map<String, Object> smaller = new LinkedHashMap<>(document);
        smaller.remove("evidence");
        return smaller;
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> find(Request.Kind kind, String id) {
        synchronized (this) {
            Waiting here = waiting.get(id);
            if (here != null) {
                return CompletableFuture.completedStage(Optional.of(here.document));
            }
        }
        return database.submit(connection -> SignoffRows.find(connection, kind, id));
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(
            Request.Kind kind, String state, int atMost, @Nullable Whose whose) {
        return database.submit(connection -> SignoffRows.list(connection, kind, state, atMost, whose));
    }

    @Override
    public CompletionStage<Redeemed> redeem(String signoff, String by, long at) {
        return database.submit(connection -> SignoffRows.redeem(connection, signoff, by, at));
    }

    private void drain() {
        String id;
        Waiting first;
        synchronized (this) {
            if (writing || waiting.isEmpty() || database.state() != Database.State.UP) {
                return;
            }
            writing = true;
            Map.Entry<String, Waiting> oldest = waiting.entrySet().iterator().next();
            id = oldest.getKey();
            first = oldest.getValue();
        }
        database.submit(connection -> {
                    SignoffRows.write(connection, first.document);
                    return id;
                })
                .whenComplete((done, error) -> wrote(id, first, error));
    }

    private void wrote(String id, Waiting done, @Nullable Throwable error) {
        Throwable why =
                error instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : error;
        synchronized (this) {
            writing = false;
            if (why instanceof ArchiveAway) {
                return;
            }
            // A newer state that has come meanwhile is written next.
            if (waiting.get(id) == done) {
                waiting.remove(id);
                bytes -= done.bytes;
            }
        }
        if (why != null) {
            lost.increment();
            LOG.errorf(why, "The archive does not take %s", id);
        }
        drain();
    }
}
