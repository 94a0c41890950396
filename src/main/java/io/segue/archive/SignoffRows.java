package io.segue.archive;

import io.segue.flow.oversight.SignoffArchive.Redeemed;
import io.segue.flow.oversight.SignoffArchive.Whose;
import io.segue.flow.record.ErasedCalls;
import io.segue.signoff.Request;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's document as a row of {@code signoff}, and back. What is decided stays decided. */
final class SignoffRows {
    private static final String WRITE = """
            insert into signoff (id, kind, call, node, agent, subject, type, amount, currency, state, asked_at, deadline_at,
              decided_at, decided_by, role, document)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict (id) do update set state = excluded.state, decided_at = excluded.decided_at,
              decided_by = excluded.decided_by, role = excluded.role, document = excluded.document
              where signoff.state = 'pending'""";
    private static final String WHOSE = """
             and (exists (select 1 from handoff where handoff.call = signoff.call and human = ?) or call = any (?))""";
    private static final String ERASED = """
            select 1 from call where id = ? and document @> '{"erased":true}'""";
    private static final String REDEEM = """
            insert into redemption (signoff, redeemed_at, redeemed_by) values (?, ?, ?) on conflict (signoff) do nothing""";

    private SignoffRows() {}

    /** What comes after its call's contact has been erased is written without what is personal. */
    static void write(Connection connection, Map<String, Object> asked) throws SQLException {
        Map<String, Object> request =
                isOfErased(connection, String.valueOf(asked.get("call"))) ? ErasedCalls.document(asked) : asked;
        Map<?, ?> action = object(request, "action");
        Map<?, ?> decision = object(request, "decision");
        Object subject = action.isEmpty() ? object(request, "turn").get("id") : action.get("id");
        try (PreparedStatement insert = connection.prepareStatement(WRITE)) {
            text(insert, 1, request.get("id"));
            text(insert, 2, request.get("kind"));
            text(insert, 3, request.get("call"));
            text(insert, 4, request.get("node"));
            text(insert, 5, request.get("agent"));
            text(insert, 6, subject);
            text(insert, 7, action.get("type"));
            insert.setBigDecimal(
                    8, action.get("amount") instanceof Number amount ? new BigDecimal(amount.toString()) : null);
            text(insert, 9, action.get("currency"));
            text(insert, 10, request.get("state"));
            time(insert, 11, request.get("askedAt"));
            time(insert, 12, request.get("deadlineAt"));
            time(insert, 13, decision.get("at"));
            text(insert, 14, decision.get("by"));
            text(insert, 15, decision.get("role"));
            insert.setString(16, Json.write(request));
            insert.executeUpdate();
        }
    }

    private static boolean isOfErased(Connection connection, String call) throws SQLException {
        PersonalRows.lockRequests(connection, List.of(call));
        try (PreparedStatement select = connection.prepareStatement(ERASED)) {
            text(select, 1, call);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    static Optional<Map<String, Object>> find(Connection connection, Request.Kind kind, String id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select document from signoff where id = ? and kind = ?")) {
            select.setString(1, id);
            select.setString(2, name(kind));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(Json.read(rows.getString(1))) : Optional.empty();
            }
        }
    }

    static List<Map<String, Object>> list(
            Connection connection, Request.Kind kind, String state, int atMost, @Nullable Whose whose)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select document from signoff where kind = ? and state = ?"
                        + (whose == null ? "" : WHOSE) + " order by asked_at desc limit ?")) {
            int at = 0;
            select.setString(++at, name(kind));
            select.setString(++at, state);
            if (whose != null) {
                select.setString(++at, whose.human());
                select.setArray(
                        ++at, connection.createArrayOf("text", whose.calls().toArray()));
            }
            select.setInt(++at, atMost);
            try (ResultSet rows = select.executeQuery()) {
                List<Map<String, Object>> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(Json.read(rows.getString(1)));
                }
                return found;
            }
        }
    }

    static Redeemed redeem(Connection connection, String signoff, String by, long at) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(REDEEM)) {
            insert.setString(1, signoff);
            insert.setTimestamp(2, new Timestamp(at));
            text(insert, 3, by);
            if (insert.executeUpdate() == 1) {
                return new Redeemed(true, by, at);
            }
        }
        try (PreparedStatement select =
                connection.prepareStatement("select redeemed_by, redeemed_at from redemption where signoff = ?")) {
            select.setString(1, signoff);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("redemption of " + signoff + " is neither there nor not there");
                }
                return new Redeemed(
                        false, rows.getString(1), rows.getTimestamp(2).getTime());
            }
        }
    }

    private static Map<?, ?> object(Map<String, Object> document, String field) {
        return document.get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static void text(PreparedStatement statement, int at, @Nullable Object value) throws SQLException {
        statement.setString(at, value == null ? null : Json.text(value.toString()));
    }

    /** Unix milliseconds. */
    private static void time(PreparedStatement statement, int at, @Nullable Object millis) throws SQLException {
        statement.setTimestamp(at, millis instanceof Number number ? new Timestamp(number.longValue()) : null);
    }

    static String name(Request.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
