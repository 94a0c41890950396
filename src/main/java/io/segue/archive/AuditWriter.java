package io.segue.archive;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.Link;
import io.segue.audit.Written;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes this node's chain, on one thread: what waits is written together (group commit), in the order it was handed over. While PostgreSQL is away
 * everything waits; entries that somebody waits for give up after their time, the others stay until they are written.
 */
public final class AuditWriter implements AuditTrail, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(AuditWriter.class);
    private static final long PAUSE_MS = 100;

    private final Database database;
    private final AuditChain chain;
    private final String node;
    private final InstantSource clock;
    private final AuditLimits limits;
    private final BlockingQueue<Pending> waiting;
    private final List<Consumer<List<Link>>> listeners;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder written = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Thread thread;
    private volatile long lossesTold;
    private volatile boolean closed;

    /** @param result none: nobody waits */
    private record Pending(Entry entry, long at, @Nullable CompletableFuture<Written> result, long bytes) {
        Pending(Entry entry, long at, @Nullable CompletableFuture<Written> result) {
            this(entry, at, result, Weight.of(entry.body()));
        }

        boolean isGivenUp() {
            return result != null && result.isDone();
        }
    }

    /** @param listeners told of links once they are committed, on the writer's thread, after those who wait for them */
    public AuditWriter(
            Database database,
            String node,
            InstantSource clock,
            AuditLimits limits,
            List<Consumer<List<Link>>> listeners) {
        this.database = database;
        this.chain = new AuditChain(database, node);
        this.node = node;
        this.clock = clock;
        this.limits = limits;
        this.listeners = List.copyOf(listeners);
        this.waiting = new ArrayBlockingQueue<>(limits.waitingMax());
        this.thread = Thread.ofPlatform().daemon().name("segue-audit").start(this::run);
    }

    @Override
    public boolean kept() {
        return database.state() != Database.State.OFF;
    }

    @Override
    public CompletionStage<Written> append(Entry entry) {
        var result = new CompletableFuture<Written>();
        if (!kept()) {
            result.completeExceptionally(
                    new ArchiveAway("there is no audit trail without PostgreSQL (QUARKUS_DATASOURCE_JDBC_URL)"));
        } else if (!offer(new Pending(entry, now(), result))) {
            result.completeExceptionally(new ArchiveAway("too much waits for the audit trail"));
        }
        return result.orTimeout(limits.timeoutMs(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(e -> CompletableFuture.failedFuture(
                        e instanceof TimeoutException
                                ? new ArchiveAway(
                                        "the audit trail could not be written within " + limits.timeoutMs() + " ms")
                                : e));
    }

    @Override
    public void record(Entry entry) {
        if (!kept()) {
            return;
        }
        if (!offer(new Pending(entry, now(), null))) {
            lost.increment();
        }
    }

    /** Whether there was room. What is being written counts until it is. */
    private boolean offer(Pending pending) {
        if (waitingBytes.addAndGet(pending.bytes) <= limits.waitingBytesMax() && waiting.offer(pending)) {
            return true;
        }
        waitingBytes.addAndGet(-pending.bytes);
        return false;
    }

    private long now() {
        return AuditChain.micros(clock.instant());
    }

    private AuditChain.Open open(Pending pending) {
        Entry entry = pending.entry;
        String call = entry.call();
        return new AuditChain.Open(
                pending.at,
                Json.text(entry.kind()),
                call == null ? null : Json.text(call),
                Json.text(entry.actor().name()),
                Json.text(entry.actor().role()),
                body(entry.body()));
    }

    private String body(Map<String, Object> tree) {
        String body = Json.write(tree);
        if (body.length() <= limits.bodyBytesMax() / 3) {
            return body;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= limits.bodyBytesMax()
                ? body
                : Json.write(Map.of("tooLarge", true, "bytes", bytes.length, "sha256", sha256(bytes)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Entries that wait. */
    public int waiting() {
        return waiting.size();
    }

    /** About how many bytes they take, and what is being written. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    public long written() {
        return written.sum();
    }

    /** Entries that there was no room for; the trail says how many, once it is written again. */
    public long lost() {
        return lost.sum();
    }

    /** Entries that PostgreSQL would not take. */
    public long refused() {
        return refused.sum();
    }

    /** How often another process of the same name had moved the chain. */
    public long contended() {
        return chain.contended();
    }

    private void run() {
        List<Pending> batch = new ArrayList<>();
        while (!(closed && waiting.isEmpty())) {
            try {
                batch.clear();
                batch.add(waiting.take());
                waiting.drainTo(batch, limits.batchMax() - 1);
                try {
                    write(batch);
                } finally {
                    waitingBytes.addAndGet(
                            -batch.stream().mapToLong(Pending::bytes).sum());
                }
                tellLosses();
            } catch (InterruptedException end) {
                return;
            } catch (RuntimeException e) {
                LOG.error("The audit trail's writer failed", e);
            }
        }
    }

    /** Tries until it is done; what nobody waits for any more falls out. */
    private void write(List<Pending> batch) throws InterruptedException {
        List<Pending> left = new ArrayList<>(batch);
        while (true) {
            left.removeIf(Pending::isGivenUp);
            if (left.isEmpty()) {
                return;
            }
            try {
                done(left, chain.append(left.stream().map(this::open).toList()));
                return;
            } catch (ArchiveAway away) {
                Thread.sleep(PAUSE_MS);
            } catch (SQLException | IllegalArgumentException e) {
                if (left.size() == 1) {
                    refuse(left.getFirst(), e);
                    return;
                }
                for (Pending one : left) {
                    write(List.of(one));
                }
                return;
            }
        }
    }

    private void done(List<Pending> batch, List<Link> links) {
        written.add(links.size());
        for (int i = 0; i < links.size(); i++) {
            CompletableFuture<Written> result = batch.get(i).result;
            if (result != null) {
                Link link = links.get(i);
                result.complete(new Written(node, link.seq(), HexFormat.of().formatHex(link.hash()), link.at()));
            }
        }
        for (Consumer<List<Link>> listener : listeners) {
            try {
                listener.accept(links);
            } catch (RuntimeException e) {
                LOG.error("A listener of the audit trail failed", e);
            }
        }
    }

    private void refuse(Pending pending, Exception why) {
        refused.increment();
        // Not its body: what callers said stands there.
        LOG.errorf(
                why,
                "The audit trail does not take an entry: %s of call %s by %s",
                pending.entry.kind(),
                pending.entry.call(),
                pending.entry.actor().name());
        if (pending.result != null) {
            pending.result.completeExceptionally(why);
        }
    }

    /** What is missing from the trail stands in the trail. */
    private void tellLosses() {
        long now = lost.sum();
        if (now > lossesTold) {
            var entry = new Entry("audit.lost", null, Actor.GATEWAY, Map.of("entries", now - lossesTold));
            if (offer(new Pending(entry, now(), null))) {
                lossesTold = now;
            }
        }
    }

    /** Writes what waits, for at most two seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
            while (database.state() == Database.State.UP && !waiting.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            thread.interrupt();
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!waiting.isEmpty()) {
            LOG.warnf("%d entries of the audit trail were not written", waiting.size());
        }
    }
}
