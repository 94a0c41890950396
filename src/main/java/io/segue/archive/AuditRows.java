package io.segue.archive;

import io.segue.audit.Link;
import io.segue.audit.SignedHead;
import io.segue.audit.Verifier;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the audit trail from PostgreSQL. */
public final class AuditRows implements AuditReader {
    private static final String COLUMNS =
            "node, seq, previous, hash, (extract(epoch from at) * 1000000)::bigint, kind, call, actor, role, body";
    private static final int FETCHED_AT_ONCE = 5_000;

    private static final int FINDINGS_SHOWN = 20;
    private static final int LINKS_BETWEEN_LOOKS = 1_024;

    private final Database database;
    private final String key;
    private final int secondsMax;
    private @Nullable CompletionStage<Verifier.Report> verifying;

    /**
     * @param key the public half of the gateways' {@link HeadKey}: signatures by another are forged
     * @param secondsMax so long the trail is verified before it is given up
     */
    public AuditRows(Database database, byte[] key, int secondsMax) {
        this.database = database;
        this.key = HexFormat.of().formatHex(key);
        this.secondsMax = secondsMax;
    }

    @Override
    public CompletionStage<Page> read(Query query) {
        return database.submit(connection -> page(connection, query));
    }

    /** Who asks while it is being done has the same answer: one reading of the whole trail at a time is enough. */
    @Override
    public synchronized CompletionStage<Verifier.Report> verify() {
        if (verifying == null || verifying.toCompletableFuture().isDone()) {
            verifying = database.submit(this::verified);
        }
        return verifying;
    }

    private Verifier.Report verified(Connection connection) throws SQLException {
        try (Statement snapshot = connection.createStatement()) {
            snapshot.execute("set transaction isolation level repeatable read, read only");
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsMax);
        var verifier = new Verifier(HeadKey.genuine(Set.of(key)), FINDINGS_SHOWN);
        trail(connection, verifier, link -> {
            verifier.link(link);
            if (verifier.links() % LINKS_BETWEEN_LOOKS == 0 && System.nanoTime() - until >= 0) {
                throw new ArchiveAway(
                        "the trail is too long to be verified here; bin/segue audit verify takes its time");
            }
        });
        return verifier.finish(null);
    }

    /**
     * Shows a verifier the heads of a trail, and to {@code check} every link: what heads say has to be known before the links are seen.
     *
     * @param connection as for {@link #links}
     */
    public static void trail(Connection connection, Verifier verifier, Consumer<Link> check) throws SQLException {
        heads(connection, verifier::head);
        links(
                connection,
                AuditHeads.KIND,
                link -> AuditHeads.mentioned(
                        link.body(), (node, seq, hash) -> verifier.mentioned(node, seq, hash, link.node())));
        links(connection, null, check);
    }

    private static Page page(Connection connection, Query query) throws SQLException {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        if (query.call() instanceof String call) {
            conditions.add("call = ?");
            values.add(Json.text(call));
        }
        if (query.kind() instanceof String kind) {
            boolean prefix = kind.endsWith("*");
            conditions.add(prefix ? "kind like ?" : "kind = ?");
            values.add(Json.text(prefix ? like(kind.substring(0, kind.length() - 1)) + "%" : kind));
        }
        if (query.from() instanceof Long from) {
            conditions.add("at >= ?");
            values.add(time(from));
        }
        if (query.to() instanceof Long to) {
            conditions.add("at < ?");
            values.add(time(to));
        }
        if (query.after() instanceof Place after) {
            conditions.add("(at, node, seq) > (?, ?, ?)");
            values.addAll(List.of(time(after.at()), Json.text(after.node()), after.seq()));
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        List<Link> links = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from audit" + where + " order by at, node, seq limit ?")) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            select.setInt(values.size() + 1, query.limit() + 1);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    links.add(link(rows));
                }
            }
        }
        boolean more = links.size() > query.limit();
        List<Link> shown = more ? links.subList(0, query.limit()) : links;
        Link last = more ? shown.getLast() : null;
        return new Page(
                shown.stream().map(AuditRows::shown).toList(),
                last == null ? null : new Place(last.at(), last.node(), last.seq()));
    }

    private static String like(String prefix) {
        return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static OffsetDateTime time(long micros) {
        return OffsetDateTime.ofInstant(AuditChain.instant(micros), ZoneOffset.UTC);
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                row.getString(1),
                row.getLong(2),
                row.getBytes(3),
                row.getBytes(4),
                row.getLong(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }

    /** As the REST interface and the live feed show it. */
    public static Map<String, Object> shown(Link link) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("node", link.node());
        entry.put("seq", link.seq());
        entry.put("at", BigDecimal.valueOf(link.at(), 3));
        entry.put("kind", link.kind());
        if (link.call() instanceof String call) {
            entry.put("call", call);
        }
        entry.put("actor", link.actor());
        entry.put("role", link.role());
        entry.put("body", Json.read(link.body()));
        entry.put("hash", HexFormat.of().formatHex(link.hash()));
        return entry;
    }

    /**
     * A connection of one's own, for whoever reads the trail without a gateway: one snapshot, no writing.
     *
     * @param user none: the one in the URL
     */
    public static Connection open(String url, @Nullable String user, @Nullable String password) throws SQLException {
        var properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        Connection connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException(url.lines().findFirst().orElse("") + " is no JDBC URL of PostgreSQL");
        }
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    /** Every signed head. */
    public static void heads(Connection connection, Consumer<SignedHead> reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select node, seq, hash, signer, (extract(epoch from at) * 1000000)::bigint, key, signature from audit_head");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                reader.accept(new SignedHead(
                        rows.getString(1),
                        rows.getLong(2),
                        rows.getBytes(3),
                        rows.getString(4),
                        rows.getLong(5),
                        rows.getBytes(6),
                        rows.getBytes(7)));
            }
        }
    }

    /** Every link, or those of one kind, by node and number. The connection must not be in auto-commit, else all of them are fetched at once. */
    public static void links(Connection connection, @Nullable String kind, Consumer<Link> reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from audit"
                + (kind == null ? "" : " where kind = ?") + " order by node, seq")) {
            select.setFetchSize(FETCHED_AT_ONCE);
            if (kind != null) {
                select.setString(1, kind);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    reader.accept(link(rows));
                }
            }
        }
    }
}
