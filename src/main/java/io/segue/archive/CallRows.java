package io.segue.archive;

import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.record.ErasedCalls;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call's document as rows of {@code call}, {@code turn} and {@code handoff}, and back. Writing it again writes the same rows. */
final class CallRows {
    private static final String CALL = """
            insert into call (id, node, agent, agent_version, policy, queue, from_number, to_number, contact,
              started_at, ended_at, end_reason, outcome, document)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict (id) do update set node = excluded.node, queue = excluded.queue, contact = excluded.contact,
              ended_at = excluded.ended_at, end_reason = excluded.end_reason, outcome = excluded.outcome,
              document = excluded.document""";
    private static final String TURN = """
            insert into turn (call, ordinal, id, speaker, text, intent, confidence, sentiment, language, start_ms, end_ms,
              proposed, entities)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict (call, id) do nothing""";
    private static final String HANDOFF = """
            insert into handoff (id, call, reason, queue, human, state, outcome, requested_at, connected_at, ended_at,
              handoff_ms, answer_to_caller_ms, dead_air_ms, gap_ms)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set human = excluded.human, state = excluded.state, outcome = excluded.outcome,
              connected_at = excluded.connected_at, ended_at = excluded.ended_at, handoff_ms = excluded.handoff_ms,
              answer_to_caller_ms = excluded.answer_to_caller_ms, dead_air_ms = excluded.dead_air_ms, gap_ms = excluded.gap_ms""";

    /** One look into the index for each. */
    private static final String LAST = """
            select a, (select extract(epoch from max(started_at)) * 1000 from call where agent = a) from unnest(?) a""";

    private CallRows() {}

    static Map<String, Long> lastCalls(Connection connection, Collection<String> agents) throws SQLException {
        Map<String, Long> last = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LAST)) {
            select.setArray(1, connection.createArrayOf("text", agents.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    BigDecimal ms = rows.getBigDecimal(2);
                    if (ms != null) {
                        last.put(rows.getString(1), ms.longValue());
                    }
                }
            }
        }
        return last;
    }

    /** A call of a contact that was erased while it went on is written without what is personal. */
    static void write(Connection connection, CallRecord record) throws SQLException {
        boolean erased = ErasedContacts.isErased(connection, record.document());
        Map<String, Object> call = erased ? ErasedCalls.document(record.document()) : record.document();
        List<Map<String, Object>> handoffs = list(call, "handoffs");
        try (PreparedStatement insert = connection.prepareStatement(CALL)) {
            var row = new Row(insert);
            row.text(record.callId());
            row.text(record.owner());
            row.text(text(call, "agent"));
            row.whole(call.get("agentVersion"));
            row.text(text(call, "policy"));
            row.text(handoffs.isEmpty() ? null : text(handoffs.getLast(), "queue"));
            row.text(text(call, "from"));
            row.text(text(call, "to"));
            row.text(text(call, "contact"));
            row.time(call.get("answeredAt"));
            row.time(call.get("endedAt"));
            row.text(text(call, "endReason"));
            row.text(outcome(handoffs));
            row.text(Json.write(call));
            insert.executeUpdate();
        }
        turns(connection, record.callId(), list(call, "turns"));
        handoffs(connection, record, handoffs);
        if (erased) {
            PersonalRows.eraseWhatPeopleSaid(connection, List.of(record.callId()));
        }
    }

    private static String outcome(List<Map<String, Object>> handoffs) {
        if (handoffs.isEmpty()) {
            return "contained";
        }
        return handoffs.stream().anyMatch(h -> h.containsKey("t4")) ? "handed_off" : "unanswered";
    }

    private static void turns(Connection connection, String callId, List<Map<String, Object>> turns)
            throws SQLException {
        Set<String> ids = new HashSet<>();
        try (PreparedStatement insert = connection.prepareStatement(TURN)) {
            for (int i = 0; i < turns.size(); i++) {
                Map<String, Object> turn = turns.get(i);
                String id = String.valueOf(turn.get("id"));
                var row = new Row(insert);
                row.text(callId);
                row.whole(i);
                // A reporter that names two turns alike does not lose the second.
                row.text(ids.add(id) ? id : id + "#" + i);
                row.text(text(turn, "speaker"));
                row.text(String.valueOf(turn.get("text")));
                row.text(text(turn, "intent"));
                row.number(turn.get("confidence"));
                row.number(turn.get("sentiment"));
                row.text(text(turn, "language"));
                row.whole(turn.get("startMs"));
                row.whole(turn.get("endMs"));
                row.flag(Boolean.TRUE.equals(turn.get("proposed")));
                Object entities = turn.get("entities");
                row.text(entities == null ? null : Json.write(entities));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void handoffs(Connection connection, CallRecord record, List<Map<String, Object>> handoffs)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(HANDOFF)) {
            for (Map<String, Object> handoff : handoffs) {
                var row = new Row(insert);
                row.text(text(handoff, "id"));
                row.text(record.callId());
                row.text(text(handoff, "reason"));
                row.text(text(handoff, "queue"));
                row.text(text(handoff, "human"));
                row.text(text(handoff, "state"));
                row.text(text(handoff, "outcome"));
                row.time(handoff.get("t0"));
                row.time(handoff.get("t4"));
                row.time(ended(handoff, record.document()));
                row.number(handoff.get("handoffMs"));
                row.number(handoff.get("answerToCallerMs"));
                row.number(handoff.get("deadAirMs"));
                row.number(handoff.get("gapMs"));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** A human who had the caller had them to the end of the call, where the document does not say more. */
    private static @Nullable Object ended(Map<String, Object> handoff, Map<String, Object> call) {
        Object said = handoff.get("endedAt");
        return said == null && "connected".equals(handoff.get("state")) ? call.get("endedAt") : said;
    }

    static Optional<CallRecord> find(Connection connection, String callId) throws SQLException {
        return find(connection, "id = ?", callId);
    }

    /** The newest of them: nobody keeps peers from using a Call-ID again after days. */
    static Optional<CallRecord> findBySipCallId(Connection connection, String sipCallId) throws SQLException {
        return find(
                connection,
                "document->'legs' @> ?::jsonb order by started_at desc limit 1",
                Json.write(List.of(Map.of("sipCallId", sipCallId))));
    }

    private static Optional<CallRecord> find(Connection connection, String where, String value) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, node, document from call where " + where)) {
            select.setString(1, value);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Map<String, Object> document = Json.read(rows.getString(3));
                List<String> legs = list(document, "legs").stream()
                        .map(leg -> String.valueOf(leg.get("sipCallId")))
                        .toList();
                return Optional.of(new CallRecord(rows.getString(1), rows.getString(2), 0, 0, legs, true, document));
            }
        }
    }

    /** Those of the ids that the archive does not have. */
    static List<String> missing(Connection connection, List<String> ids) throws SQLException {
        var missing = new java.util.LinkedHashSet<>(ids);
        try (PreparedStatement select = connection.prepareStatement("select id from call where id = any (?)")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    missing.remove(rows.getString(1));
                }
            }
        }
        return List.copyOf(missing);
    }

    private static @Nullable String text(Map<String, Object> document, String field) {
        return document.get(field) instanceof Object value ? value.toString() : null;
    }

    @SuppressWarnings("unchecked") // documents are trees
    private static List<Map<String, Object>> list(Map<String, Object> document, String field) {
        return document.get(field) instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    /** Fills the parameters of a statement from left to right. */
    private static final class Row {
        private final PreparedStatement statement;
        private int next = 1;

        Row(PreparedStatement statement) {
            this.statement = statement;
        }

        void text(@Nullable String value) throws SQLException {
            statement.setString(next++, value == null ? null : Json.text(value));
        }

        void whole(@Nullable Object value) throws SQLException {
            if (value instanceof Number number) {
                statement.setLong(next++, number.longValue());
            } else {
                statement.setNull(next++, Types.BIGINT);
            }
        }

        void number(@Nullable Object value) throws SQLException {
            if (value instanceof Number number) {
                statement.setDouble(next++, number.doubleValue());
            } else {
                statement.setNull(next++, Types.DOUBLE);
            }
        }

        void flag(boolean value) throws SQLException {
            statement.setBoolean(next++, value);
        }

        /** Unix milliseconds. */
        void time(@Nullable Object millis) throws SQLException {
            if (millis instanceof Number number) {
                long micros =
                        new BigDecimal(number.toString()).movePointRight(3).longValue();
                Instant at = Instant.ofEpochSecond(
                        Math.floorDiv(micros, 1_000_000L), 1_000L * Math.floorMod(micros, 1_000_000L));
                statement.setObject(next++, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            } else {
                statement.setNull(next++, Types.TIMESTAMP_WITH_TIMEZONE);
            }
        }
    }
}
