package io.segue.archive;

import io.segue.flow.record.ArchiveAway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, on threads of its own. It may be away at the start, at any time and for any time: the schema is brought up to date as soon as it is
 * there, and work fails at once while it is not.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Database.class);
    private static final int PROBE_SECONDS = 5;

    /** How things stand. */
    public enum State {
        /** None is configured. */
        OFF,
        /** It cannot be reached, or its schema is not up to date yet. */
        AWAY,
        UP
    }

    private final @Nullable DataSource source;
    private final Runnable migration;
    private final ThreadPoolExecutor workers;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("segue-archive-watch").factory());
    private final List<Runnable> upListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> beatListeners = new CopyOnWriteArrayList<>();
    private volatile State state;
    private boolean migrated;
    private @Nullable String complaint;

    /**
     * Starts to connect.
     *
     * @param migration brings the schema up to date; run until it succeeds once
     */
    public Database(DataSource source, Runnable migration, Limits limits) {
        this(source, migration, limits, State.AWAY);
        var unused = watch.scheduleWithFixedDelay(this::beat, 0, limits.probeMs(), TimeUnit.MILLISECONDS);
    }

    private Database(@Nullable DataSource source, Runnable migration, Limits limits, State state) {
        this.source = source;
        this.migration = migration;
        this.state = state;
        this.workers = new ThreadPoolExecutor(
                limits.threads(),
                limits.threads(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waitingMax()),
                Thread.ofPlatform().daemon().name("segue-archive-", 0).factory());
    }

    /** The archive of a gateway without PostgreSQL: everything fails with {@link ArchiveAway}. */
    public static Database off() {
        return new Database(null, () -> {}, Limits.defaults(), State.OFF);
    }

    public State state() {
        return state;
    }

    /** Work that waits for a thread. */
    public int waiting() {
        return workers.getQueue().size();
    }

    /** Told each time PostgreSQL has come, on a thread that must not be held up. */
    public void whenUp(Runnable listener) {
        upListeners.add(listener);
        if (state == State.UP) {
            listener.run();
        }
    }

    /** Told every {@code probeMs} while PostgreSQL is there, on a thread that must not be held up. */
    public void whileUp(Runnable listener) {
        beatListeners.add(listener);
    }

    /** Never blocks. Fails with {@link ArchiveAway} when PostgreSQL is away or too much waits, with {@link SQLException} when it refuses. */
    public <T> CompletionStage<T> submit(Work<T> work) {
        var result = new CompletableFuture<T>();
        String why = whyNot();
        if (why != null) {
            result.completeExceptionally(new ArchiveAway(why));
            return result;
        }
        try {
            workers.execute(() -> {
                try {
                    result.complete(run(work));
                } catch (SQLException | RuntimeException e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(new ArchiveAway("the archive has too much to do"));
        }
        return result;
    }

    /** The same on the caller's own thread, which may wait for PostgreSQL. */
    <T> T run(Work<T> work) throws SQLException {
        String why = whyNot();
        if (why != null) {
            throw new ArchiveAway(why);
        }
        return attempt(work, true);
    }

    private <T> T attempt(Work<T> work, boolean again) throws SQLException {
        boolean committing = false;
        try (Connection connection = open()) {
            try {
                connection.setAutoCommit(false);
                T result = work.on(connection);
                committing = true;
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection);
                throw e;
            }
        } catch (SQLException e) {
            if (!Outage.is(e)) {
                throw e;
            }
            if (!committing && again) {
                return attempt(work, false);
            }
            away(e);
            throw new ArchiveAway("PostgreSQL is away");
        }
    }

    private Connection open() throws SQLException {
        if (source == null) {
            throw new IllegalStateException("nothing is opened where nothing is configured");
        }
        return source.getConnection();
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            LOG.debug("Nothing is left to roll back", gone);
        }
    }

    private @Nullable String whyNot() {
        return switch (state) {
            case OFF -> "no PostgreSQL is configured (QUARKUS_DATASOURCE_JDBC_URL)";
            case AWAY -> "PostgreSQL is away";
            case UP -> null;
        };
    }

    private synchronized void away(Exception why) {
        if (state == State.UP) {
            state = State.AWAY;
            LOG.warnf("PostgreSQL is away, what is to be kept waits: %s", why.getMessage());
        }
    }

    private void beat() {
        try {
            if (!migrated) {
                migration.run();
                migrated = true;
            }
            probe();
            if (state == State.AWAY) {
                state = State.UP;
                complaint = null;
                LOG.info("PostgreSQL is there");
                upListeners.forEach(Database::tell);
            }
            beatListeners.forEach(Database::tell);
        } catch (SQLException | RuntimeException e) {
            away(e);
            complain(e);
        }
    }

    private void probe() throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PROBE_SECONDS);
            statement.execute("select 1");
        }
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.error("A listener of the archive failed", e);
        }
    }

    /** Once for each reason, not once a second. */
    private void complain(Exception e) {
        String what =
                (migrated ? "PostgreSQL cannot be reached: " : "The archive's schema cannot be brought up to date: ")
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (!what.equals(complaint)) {
            complaint = what;
            LOG.warn(what);
        }
    }

    /** Lets what has been submitted finish, for at most two seconds. */
    @Override
    public void close() {
        watch.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(2, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
