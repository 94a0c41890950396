package io.segue.archive;

import io.segue.flow.oversight.SignoffArchive;
import io.segue.flow.record.ArchiveAway;
import io.segue.signoff.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sign-offs and approvals in PostgreSQL. They wait here, of each the newest state, until they are written; the trail has each decision in any case. */
public final class ArchivedSignoffs implements SignoffArchive {
    private static final Logger LOG = Logger.getLogger(ArchivedSignoffs.class);
    static final int WAITING_MAX = 10_000;

    private final Database database;
    private final Map<String, Map<String, Object>> waiting = new LinkedHashMap<>();
    private final LongAdder lost = new LongAdder();
    private boolean writing;

    public ArchivedSignoffs(Database database) {
        this.database = database;
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
        synchronized (this) {
            if (waiting.size() >= WAITING_MAX && !waiting.containsKey(id)) {
                lost.increment();
                return;
            }
            waiting.put(id, document);
        }
        drain();
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> find(Request.Kind kind, String id) {
        synchronized (this) {
            Map<String, Object> here = waiting.get(id);
            if (here != null) {
                return java.util.concurrent.CompletableFuture.completedStage(Optional.of(here));
            }
        }
        return database.submit(connection -> SignoffRows.find(connection, kind, id));
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(Request.Kind kind, String state, int atMost) {
        return database.submit(connection -> SignoffRows.list(connection, kind, state, atMost));
    }

    @Override
    public CompletionStage<Redeemed> redeem(String signoff, String by, long at) {
        return database.submit(connection -> SignoffRows.redeem(connection, signoff, by, at));
    }

    private void drain() {
        String id;
        Map<String, Object> document;
        synchronized (this) {
            if (writing || waiting.isEmpty() || database.state() != Database.State.UP) {
                return;
            }
            writing = true;
            id = waiting.keySet().iterator().next();
            document = waiting.getOrDefault(id, Map.of());
        }
        database.submit(connection -> {
                    SignoffRows.write(connection, document);
                    return id;
                })
                .whenComplete((done, error) -> wrote(id, document, error));
    }

    private void wrote(String id, Map<String, Object> document, @Nullable Throwable error) {
        Throwable why =
                error instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : error;
        synchronized (this) {
            writing = false;
            if (why instanceof ArchiveAway) {
                return;
            }
            // A newer state that has come meanwhile is written next.
            waiting.computeIfPresent(id, (key, newest) -> newest == document ? null : newest);
        }
        if (why != null) {
            lost.increment();
            LOG.errorf(why, "The archive does not take %s", id);
        }
        drain();
    }
}
