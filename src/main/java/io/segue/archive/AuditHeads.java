package io.segue.archive;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.SignedHead;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.AuditTrail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Signs, every minute, how far each node's chain has got, this node's own too: as a row of {@code audit_head}, which shows a cut tail, and as an entry of this
 * node's own chain, which shows that a node is missing altogether. Only what has moved is signed anew.
 */
public final class AuditHeads {
    /** The kind of entry that mentions heads: {@code {"heads":[{"node","seq","hash"}]}}. */
    public static final String KIND = "audit.heads";

    private static final Logger LOG = Logger.getLogger(AuditHeads.class);
    private static final String SIGN = """
            insert into audit_head (node, signer, seq, hash, at, key, signature) values (?, ?, ?, ?, ?, ?, ?)
            on conflict (node, signer) do update set seq = excluded.seq, hash = excluded.hash, at = excluded.at,
              key = excluded.key, signature = excluded.signature""";

    private final Database database;
    private final AuditTrail trail;
    private final String node;
    private final HeadKey key;
    private final InstantSource clock;
    private final AuditLimits limits;
    private final Consumer<List<SignedHead>> listener;
    private final Map<String, Long> told = new HashMap<>();
    /** When something was signed last, in Unix milliseconds; where nothing had moved it is looked at again at the next beat. */
    private volatile long lastAt;

    /** One chain's end. */
    @SuppressWarnings("ArrayRecordComponent") // as in Link
    private record Head(String node, long seq, byte[] hash) {}

    /** @param listener told of what was signed, on one of the archive's threads */
    public AuditHeads(
            Database database,
            AuditTrail trail,
            String node,
            HeadKey key,
            InstantSource clock,
            AuditLimits limits,
            Consumer<List<SignedHead>> listener) {
        this.database = database;
        this.trail = trail;
        this.node = node;
        this.key = key;
        this.clock = clock;
        this.limits = limits;
        this.listener = listener;
        database.whileUp(this::beat);
    }

    private void beat() {
        long now = clock.millis();
        if (now - lastAt >= limits.headsMs()) {
            lastAt = now;
            sign();
        }
    }

    /** Signs now what has moved. */
    public void sign() {
        database.submit(this::signed).whenComplete((signed, error) -> {
            if (error == null) {
                if (signed.isEmpty()) {
                    lastAt = 0;
                }
                listener.accept(signed);
            } else if (!(error instanceof ArchiveAway)) {
                LOG.error("The heads of the audit trail could not be signed", error);
            }
        });
    }

    private synchronized List<SignedHead> signed(Connection connection) throws SQLException {
        List<Head> moved = moved(connection);
        long at = AuditChain.micros(clock.instant());
        List<SignedHead> signed = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(SIGN)) {
            for (Head head : moved) {
                SignedHead one = key.sign(head.node, head.seq, head.hash, node, at);
                insert.setString(1, one.node());
                insert.setString(2, one.signer());
                insert.setLong(3, one.seq());
                insert.setBytes(4, one.hash());
                insert.setObject(5, OffsetDateTime.ofInstant(AuditChain.instant(at), ZoneOffset.UTC));
                insert.setBytes(6, one.key());
                insert.setBytes(7, one.signature());
                insert.addBatch();
                signed.add(one);
            }
            insert.executeBatch();
        }
        for (int from = 0; from < moved.size(); from += limits.headsMax()) {
            trail.record(new Entry(
                    KIND,
                    null,
                    Actor.GATEWAY,
                    Map.of("heads", shown(moved.subList(from, Math.min(from + limits.headsMax(), moved.size()))))));
        }
        moved.forEach(head -> told.put(head.node, head.seq));
        return signed;
    }

    /** The entry that is written below moves this node's own head by one: that alone is no news. */
    private List<Head> moved(Connection connection) throws SQLException {
        List<Head> heads = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select node, seq, hash from audit_chain where seq > 0 order by node");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                heads.add(new Head(rows.getString(1), rows.getLong(2), rows.getBytes(3)));
            }
        }
        long byItself = told.containsKey(node) ? 1 : 0;
        boolean news = heads.stream()
                .anyMatch(
                        head -> head.seq - told.getOrDefault(head.node, 0L) > (head.node.equals(node) ? byItself : 0));
        return news
                ? heads.stream()
                        .filter(head -> head.seq != told.getOrDefault(head.node, 0L))
                        .toList()
                : List.of();
    }

    private static List<Map<String, Object>> shown(List<Head> heads) {
        return heads.stream()
                .map(head -> Map.<String, Object>of(
                        "node",
                        head.node,
                        "seq",
                        head.seq,
                        "hash",
                        HexFormat.of().formatHex(head.hash)))
                .toList();
    }

    /** The heads that an entry of this kind mentions. */
    public static void mentioned(String body, Mention mention) {
        if (Json.read(body).get("heads") instanceof List<?> heads) {
            for (Object one : heads) {
                if (one instanceof Map<?, ?> head
                        && head.get("node") instanceof String of
                        && head.get("seq") instanceof Number seq
                        && head.get("hash") instanceof String hash
                        && hash.length() == 64) {
                    mention.of(of, seq.longValue(), HexFormat.of().parseHex(hash));
                }
            }
        }
    }

    /** Takes a head. */
    @FunctionalInterface
    public interface Mention {
        void of(String node, long seq, byte[] hash);
    }
}
