package io.segue.archive;

import io.segue.flow.record.ErasedCalls;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;

/** Takes what is personal out of the rows of calls: who, what was said, and what people were shown and wrote because of it. */
final class PersonalRows {
    private PersonalRows() {}

    /** @param documents the calls' documents by their ids */
    static void erase(Connection connection, Map<String, String> documents) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(
                        "update call set from_number = ?, contact = null, document = ?::jsonb where id = ?");
                PreparedStatement turns =
                        connection.prepareStatement("update turn set text = ?, entities = null where call = ?")) {
            for (Map.Entry<String, String> document : documents.entrySet()) {
                call.setString(1, ErasedCalls.ERASED);
                call.setString(2, Json.write(ErasedCalls.document(Json.read(document.getValue()))));
                call.setString(3, document.getKey());
                call.addBatch();
                turns.setString(1, ErasedCalls.ERASED);
                turns.setString(2, document.getKey());
                turns.addBatch();
            }
            call.executeBatch();
            turns.executeBatch();
        }
        eraseWhatPeopleSaid(connection, documents.keySet());
    }

    /** What people were asked, said and wrote because of calls whose rows are erased in the same transaction. */
    static void eraseWhatPeopleSaid(Connection connection, Collection<String> calls) throws SQLException {
        eraseSignoffs(connection, calls);
        eraseLabels(connection, calls);
    }

    /** Until the transaction ends nobody else writes or erases requests of these calls: what is written late sees that its call is erased, or is seen by who erases. */
    static void lockRequests(Connection connection, Collection<String> calls) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(
                "select pg_advisory_xact_lock(hashtextextended(id, 8091)) from (select unnest(?) id order by 1) calls")) {
            lock.setArray(
                    1,
                    connection.createArrayOf(
                            "text", calls.stream().map(Json::text).toArray()));
            lock.execute();
        }
    }

    /** What reviewers wrote may repeat what was said; how they judged it stays. */
    private static void eraseLabels(Connection connection, Collection<String> calls) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update label set text = case when text is null then null else ? end, reason = null where call = any (?)")) {
            update.setString(1, ErasedCalls.ERASED);
            update.setArray(2, connection.createArrayOf("text", calls.toArray()));
            update.executeUpdate();
        }
    }

    /** What people were asked and said: who decided what of which type and amount stays. */
    private static void eraseSignoffs(Connection connection, Collection<String> calls) throws SQLException {
        lockRequests(connection, calls);
        try (PreparedStatement select = connection.prepareStatement(
                        "select id, document from signoff where call = any (?) for update");
                PreparedStatement update =
                        connection.prepareStatement("update signoff set document = ?::jsonb where id = ?")) {
            select.setArray(1, connection.createArrayOf("text", calls.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    update.setString(1, Json.write(ErasedCalls.document(Json.read(rows.getString(2)))));
                    update.setString(2, rows.getString(1));
                    update.addBatch();
                }
            }
            update.executeBatch();
        }
    }
}
