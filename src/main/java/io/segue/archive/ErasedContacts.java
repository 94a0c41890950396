package io.segue.archive;

import io.segue.contact.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Marks whose calls must not be written down as they were; the marks do not tell who it was. */
final class ErasedContacts {
    private ErasedContacts() {}

    static void mark(Connection connection, Collection<Identity> identities) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into contact_erased (identity, at) values (?, now())
                on conflict (identity) do update set at = excluded.at""")) {
            for (Identity identity : identities) {
                insert.setString(1, digest(identity.value()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Whether a call's contact has been erased since it began. */
    static boolean isErased(Connection connection, Map<String, Object> call) throws SQLException {
        if (!(call.get("identities") instanceof List<?> identities) || !(call.get("answeredAt") instanceof Number at)) {
            return false;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from contact_erased where identity = any (?) and at > to_timestamp(? / 1000.0)")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            identities.stream()
                                    .map(identity -> digest(String.valueOf(identity)))
                                    .toArray()));
            select.setDouble(2, at.doubleValue());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static String digest(String identity) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
