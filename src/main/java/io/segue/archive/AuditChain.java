package io.segue.archive;

import io.segue.audit.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The end of one node's chain in PostgreSQL. It is remembered here, and moved in the same statement that appends; a process of the same name that has moved
 * it meanwhile is noticed, so that a chain cannot fork. Used by one thread.
 */
final class AuditChain {
    private static final Logger LOG = Logger.getLogger(AuditChain.class);
    private static final int TRIES = 20;
    private static final String APPEND = """
            with moved as (
              update audit_chain set seq = ?, hash = ? where node = ? and seq = ? and hash = ? returning node)
            insert into audit (node, seq, previous, hash, at, kind, call, actor, role, body)
            select moved.node, link.* from moved, unnest(?::bigint[], ?::bytea[], ?::bytea[], ?::text[]::timestamptz[], ?::text[], ?::text[],
              ?::text[], ?::text[], ?::text[]) as link""";

    private final Database database;
    private final String node;
    private boolean known;
    private long seq;
    private byte[] hash = Link.nothing();
    private volatile long contended;

    /** A link that has no place yet. */
    record Open(
            long at,
            String kind,
            @org.jspecify.annotations.Nullable String call,
            String actor,
            String role,
            String body) {}

    AuditChain(Database database, String node) {
        this.database = database;
        this.node = Json.text(node);
    }

    /** How often another process of this name had moved the chain. */
    long contended() {
        return contended;
    }

    /** Appends all or none. */
    List<Link> append(List<Open> entries) throws SQLException {
        List<Link> attempted = List.of();
        for (int i = 0; i < TRIES; i++) {
            if (!known) {
                read();
                if (!attempted.isEmpty()
                        && Arrays.equals(hash, attempted.getLast().hash())) {
                    return attempted; // The commit had arrived, its answer had not.
                }
            }
            attempted = chained(entries);
            if (moved(attempted)) {
                seq = attempted.getLast().seq();
                hash = attempted.getLast().hash();
                return attempted;
            }
            if (contended++ == 0) {
                LOG.errorf(
                        "Another process writes the audit trail of node %s too: give each gateway a segue.node of its own",
                        node);
            }
        }
        throw new SQLException(
                "the chain of node " + node + " was moved by others " + TRIES + " times in a row", "40001");
    }

    private List<Link> chained(List<Open> entries) {
        List<Link> links = new ArrayList<>(entries.size());
        byte[] previous = hash;
        for (Open e : entries) {
            Link link =
                    Link.after(node, seq + links.size() + 1, previous, e.at, e.kind, e.call, e.actor, e.role, e.body);
            links.add(link);
            previous = link.hash();
        }
        return links;
    }

    private void read() throws SQLException {
        database.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into audit_chain (node, seq, hash) values (?, 0, ?) on conflict do nothing")) {
                insert.setString(1, node);
                insert.setBytes(2, Link.nothing());
                insert.executeUpdate();
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select seq, hash from audit_chain where node = ?")) {
                select.setString(1, node);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    seq = row.getLong(1);
                    hash = row.getBytes(2);
                }
            }
            return seq;
        });
        known = true;
    }

    private boolean moved(List<Link> links) throws SQLException {
        boolean done = false;
        try {
            done = database.run(connection -> move(connection, links)) == links.size();
        } finally {
            known = done;
        }
        return done;
    }

    private int move(Connection connection, List<Link> links) throws SQLException {
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setLong(1, links.getLast().seq());
            append.setBytes(2, links.getLast().hash());
            append.setString(3, node);
            append.setLong(4, seq);
            append.setBytes(5, hash);
            array(append, 6, "bigint", links.stream().map(Link::seq).toArray(Long[]::new));
            array(append, 7, "bytea", links.stream().map(Link::previous).toArray(byte[][]::new));
            array(append, 8, "bytea", links.stream().map(Link::hash).toArray(byte[][]::new));
            texts(append, 9, links.stream().map(l -> instant(l.at()).toString()));
            texts(append, 10, links.stream().map(Link::kind));
            texts(append, 11, links.stream().map(Link::call));
            texts(append, 12, links.stream().map(Link::actor));
            texts(append, 13, links.stream().map(Link::role));
            texts(append, 14, links.stream().map(Link::body));
            return append.executeUpdate();
        }
    }

    private static void texts(
            PreparedStatement statement,
            int index,
            java.util.stream.Stream<? extends @org.jspecify.annotations.Nullable String> texts)
            throws SQLException {
        array(statement, index, "text", texts.toArray(String[]::new));
    }

    private static void array(PreparedStatement statement, int index, String type, Object[] elements)
            throws SQLException {
        statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 1_000L * Math.floorMod(micros, 1_000_000L));
    }

    static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }
}
