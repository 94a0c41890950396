package io.segue.archive;

import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.CallArchive;
import io.segue.flow.record.CallStore.CallRecord;
import java.util.ArrayList;
import java.util.Collection;
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

/**
 * Ended calls in PostgreSQL. They wait here, of each call the newest record, until they are written; what there is no room for is left to {@link
 * Reconciler}.
 */
public final class ArchivedCalls implements CallArchive {
    private static final Logger LOG = Logger.getLogger(ArchivedCalls.class);

    private final Database database;
    private final Limits limits;
    private final Map<String, CallRecord> waiting = new LinkedHashMap<>();
    private final LongAdder written = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final List<CompletableFuture<@Nullable Void>> idle = new ArrayList<>();
    private boolean writing;
    /** After a batch that PostgreSQL refused, its calls go one by one, so that one bad call harms no other. */
    private int singly;

    private boolean missed;

    public ArchivedCalls(Database database, Limits limits) {
        this.database = database;
        this.limits = limits;
        database.whenUp(this::drain);
        database.whileUp(this::drain);
    }

    @Override
    public void keep(CallRecord record) {
        if (database.state() == Database.State.OFF) {
            return;
        }
        synchronized (this) {
            if (waiting.size() >= limits.callsWaitingMax() && !waiting.containsKey(record.callId())) {
                missed = true;
                left.increment();
                return;
            }
            waiting.put(record.callId(), record);
        }
        drain();
    }

    @Override
    public CompletionStage<Optional<CallRecord>> find(String callId) {
        Optional<CallRecord> here;
        synchronized (this) {
            here = Optional.ofNullable(waiting.get(callId));
        }
        return here.isPresent()
                ? CompletableFuture.completedStage(here)
                : database.submit(connection -> CallRows.find(connection, callId));
    }

    @Override
    public CompletionStage<Optional<CallRecord>> findBySipCallId(String sipCallId) {
        Optional<CallRecord> here;
        synchronized (this) {
            here = waiting.values().stream()
                    .filter(record -> record.sipCallIds().contains(sipCallId))
                    .findFirst();
        }
        return here.isPresent()
                ? CompletableFuture.completedStage(here)
                : database.submit(connection -> CallRows.findBySipCallId(connection, sipCallId));
    }

    @Override
    public CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents) {
        return database.submit(connection -> CallRows.lastCalls(connection, agents));
    }

    /** Ended calls that wait to be written. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Done when nothing waits to be written, or nothing can be for want of PostgreSQL. */
    public CompletableFuture<@Nullable Void> idle() {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        synchronized (this) {
            idle.add(done);
        }
        tellIfIdle();
        return done;
    }

    private void tellIfIdle() {
        List<CompletableFuture<@Nullable Void>> told;
        synchronized (this) {
            if (!waiting.isEmpty() && database.state() == Database.State.UP) {
                return;
            }
            told = List.copyOf(idle);
            idle.clear();
        }
        told.forEach(done -> done.complete(null));
    }

    public long written() {
        return written.sum();
    }

    /** Calls that PostgreSQL would not take; they stay in the store for their day. */
    public long refused() {
        return refused.sum();
    }

    /** Calls that there was no room for. */
    public long left() {
        return left.sum();
    }

    /** Whether calls were left since this was last asked. */
    synchronized boolean takeMissed() {
        boolean was = missed && waiting.isEmpty();
        missed &= !was;
        return was;
    }

    private void drain() {
        List<CallRecord> batch;
        synchronized (this) {
            if (writing || waiting.isEmpty() || database.state() != Database.State.UP) {
                return;
            }
            writing = true;
            batch = waiting.values().stream()
                    .limit(singly > 0 ? 1 : limits.batchMax())
                    .toList();
        }
        database.submit(connection -> {
                    for (CallRecord record : batch) {
                        CallRows.write(connection, record);
                    }
                    return batch.size();
                })
                .whenComplete((done, error) -> wrote(batch, error));
    }

    private void wrote(List<CallRecord> batch, @Nullable Throwable error) {
        Throwable why =
                error instanceof CompletionException wrapped && wrapped.getCause() != null ? wrapped.getCause() : error;
        boolean goOn;
        synchronized (this) {
            writing = false;
            goOn = !(why instanceof ArchiveAway);
            if (why == null) {
                written.add(batch.size());
                batch.forEach(record -> waiting.remove(record.callId(), record));
                singly = Math.max(0, singly - 1);
            } else if (goOn && batch.size() > 1) {
                singly = batch.size();
            } else if (goOn) {
                CallRecord bad = batch.getFirst();
                waiting.remove(bad.callId(), bad);
                refused.increment();
                singly = Math.max(0, singly - 1);
                LOG.errorf(why, "The archive does not take call %s", bad.callId());
            }
        }
        tellIfIdle();
        if (goOn) {
            drain();
        }
    }
}
