package io.segue.archive;

import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.record.StoreAway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Finds ended calls again that the archive has missed: after PostgreSQL was away for longer than there was room, after a gateway that ended before it
 * had written. The store remembers ended calls for a day. Each gateway looks after all of them: writing one twice writes the same rows.
 */
public final class Reconciler {
    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final int CHUNK = 20;

    private final Database database;
    private final ArchivedCalls archived;
    private final CallStore store;
    private final UnaryOperator<CallRecord> shown;
    private final Limits limits;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean due;

    /** @param shown a record as it is archived */
    public Reconciler(
            Database database,
            ArchivedCalls archived,
            CallStore store,
            UnaryOperator<CallRecord> shown,
            Limits limits) {
        this.database = database;
        this.archived = archived;
        this.store = store;
        this.shown = shown;
        this.limits = limits;
        database.whenUp(() -> due = true);
        database.whileUp(this::look);
    }

    private void look() {
        if (archived.takeMissed()) {
            due = true;
        }
        if (due && running.compareAndSet(false, true)) {
            due = false;
            Thread.ofVirtual().name("segue-archive-reconcile").start(this::reconcile);
        }
    }

    private void reconcile() {
        try {
            int found = 0;
            List<String> ids = join(store.ids(limits.reconcileMax()));
            for (int from = 0; from < ids.size(); from += CHUNK) {
                List<String> some = ids.subList(from, Math.min(from + CHUNK, ids.size()));
                List<String> missing = join(database.submit(connection -> CallRows.missing(connection, some)));
                found += missing.isEmpty() ? 0 : archive(missing);
            }
            if (found > 0) {
                LOG.infof("%d ended calls that the archive had missed are in it now", found);
            }
        } catch (CompletionException e) {
            if (e.getCause() instanceof ArchiveAway || e.getCause() instanceof StoreAway) {
                due = true;
            } else {
                LOG.error("The archive could not be compared with the store", e);
            }
        } finally {
            running.set(false);
        }
    }

    private int archive(List<String> ids) {
        List<CallRecord> ended = new ArrayList<>();
        for (String id : ids) {
            join(store.find(id)).filter(CallRecord::ended).map(shown).ifPresent(ended::add);
        }
        ended.forEach(archived::keep);
        return ended.size();
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
