package io.segue.archive;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.flow.record.AuditTrail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Deletes what has been kept for long enough, in batches of a transaction each, every hour. Of several gateways one at a time does so: whoever holds the
 * advisory lock; the others have nothing to do then.
 */
public final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('segue.retention'))";

    /** What is deleted by its age, with the batches that do it: the first parameter is the moment before which, the second how many. */
    private enum Kind {
        CALLS(
                "calls",
                "delete from call where id in (select id from call where ended_at < ? order by ended_at limit ?)"),
        /** What people were asked on a call goes with the call. */
        SIGNOFFS(
                "signoffs",
                "delete from signoff where id in (select id from signoff where asked_at < ? order by asked_at limit ?)"),
        MESSAGES("messages", """
                delete from contact_message where (contact, channel, id) in (
                  select contact, channel, id from contact_message where at < ? order by at limit ?)"""),
        /** Whom nothing is known of but what they are known by. */
        CONTACTS("contacts", """
                delete from contact where id in (
                  select id from contact where created_at < ?
                    and not exists (select from contact_message m where m.contact = contact.id) limit ?)"""),
        MARKS(
                "marks",
                "delete from contact_erased where identity in (select identity from contact_erased where at < ? limit ?)"),
        LABELS("labels", """
                delete from label where (call, turn, second) in (
                  select call, turn, second from label where at < ? order by at limit ?)""");

        private final String wire;
        private final String delete;

        Kind(String wire, String delete) {
            this.wire = wire;
            this.delete = delete;
        }
    }

    /**
     * How long what is kept; none: for good.
     *
     * @param calls ended calls, with their turns, handoffs and sign-offs
     * @param messages messages of contacts, by when they were written
     * @param labels labels of turns, by when they were set
     * @param marks that a contact was erased; longer than a call can last and be archived late
     * @param batch rows in one transaction
     */
    public record Ages(
            Optional<Duration> calls,
            Optional<Duration> messages,
            Optional<Duration> labels,
            Duration marks,
            int batch) {
        Optional<Duration> of(Kind kind) {
            return switch (kind) {
                case CALLS, SIGNOFFS -> calls;
                case MESSAGES, CONTACTS -> messages;
                case LABELS -> labels;
                case MARKS -> Optional.of(marks);
            };
        }
    }

    private final Database database;
    private final Ages ages;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile Instant due = Instant.MIN;

    public Retention(Database database, Ages ages, AuditTrail audit, InstantSource clock) {
        this.database = database;
        this.ages = ages;
        this.audit = audit;
        this.clock = clock;
    }

    /** Looks every hour from now on. */
    public void start() {
        database.whileUp(() -> {
            Instant now = clock.instant();
            if (!now.isBefore(due) && running.compareAndSet(false, true)) {
                due = now.plus(EVERY);
                run(now).whenComplete((deleted, error) -> {
                    running.set(false);
                    if (error != null) {
                        LOG.warnf("What is to be forgotten waits for the next hour: %s", error.getMessage());
                    }
                });
            }
        });
    }

    /** Deletes what is too old now; how much of what. Nothing where another gateway does it. */
    CompletionStage<Map<String, Integer>> run(Instant now) {
        CompletionStage<Map<String, Integer>> all = CompletableFuture.completedStage(new LinkedHashMap<>());
        for (Kind kind : Kind.values()) {
            Optional<Instant> before = ages.of(kind).map(now::minus);
            if (before.isPresent()) {
                all = all.thenCompose(deleted -> batches(kind, before.get(), 0).thenApply(count -> {
                    if (count > 0) {
                        deleted.put(kind.wire, count);
                    }
                    return deleted;
                }));
            }
        }
        return all.thenApply(deleted -> {
            if (!deleted.isEmpty()) {
                LOG.infof("Kept for long enough and deleted: %s", deleted);
                audit.record(new Entry("retention.deleted", null, Actor.GATEWAY, Map.copyOf(deleted)));
            }
            return deleted;
        });
    }

    private CompletionStage<Integer> batches(Kind kind, Instant before, int deleted) {
        return database.submit(connection -> delete(connection, kind, before))
                .thenCompose(count -> count < ages.batch()
                        ? CompletableFuture.completedStage(deleted + count)
                        : batches(kind, before, deleted + count));
    }

    private int delete(Connection connection, Kind kind, Instant before) throws SQLException {
        try (var statement = connection.createStatement();
                var lock = statement.executeQuery(LOCK)) {
            lock.next();
            if (!lock.getBoolean(1)) {
                return 0;
            }
        }
        try (PreparedStatement delete = connection.prepareStatement(kind.delete)) {
            delete.setObject(1, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
            delete.setInt(2, ages.batch());
            return delete.executeUpdate();
        }
    }
}
