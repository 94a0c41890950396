package io.segue.archive;

import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Versions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Versions of configured documents in PostgreSQL. */
public final class ArchivedVersions implements Versions {
    private static final String INSERT = """
            insert into version (kind, id, version, changed_at, changed_by, role, note, document, secret)
            values (?, ?, ?, ?, ?, ?, ?, ?::json, ?)
            on conflict do nothing""";
    private static final String SELECT = """
            select version, changed_at, changed_by, role, note, document::text, secret from version
            where kind = ? and id = ? and version < ? order by version desc, changed_at desc limit ?""";

    private final Database database;

    public ArchivedVersions(Database database) {
        this.database = database;
    }

    @Override
    public boolean kept() {
        return database.state() != Database.State.OFF;
    }

    @Override
    public CompletionStage<Void> file(List<Version> versions) {
        return database.submit(connection -> {
                    insert(connection, versions);
                    return versions.size();
                })
                .thenAccept(written -> {});
    }

    private static void insert(Connection connection, List<Version> versions) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Version version : versions) {
                Map<String, Object> document = version.document();
                insert.setString(1, kind(version.kind()));
                insert.setString(2, version.id());
                insert.setLong(3, version.version());
                insert.setTimestamp(4, Timestamp.from(Instant.ofEpochMilli(version.atMs())));
                insert.setString(5, Json.text(version.by()));
                insert.setString(6, version.role());
                insert.setString(7, version.note() == null ? null : Json.text(version.note()));
                insert.setString(8, document == null ? null : Json.write(document));
                insert.setBoolean(9, version.secret());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public CompletionStage<List<Version>> of(Documents.Kind kind, String id, long before, int atMost) {
        return database.submit(connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setString(1, kind(kind));
                select.setString(2, id);
                select.setLong(3, before);
                select.setInt(4, atMost);
                List<Version> versions = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        versions.add(version(kind, id, rows));
                    }
                }
                return versions;
            }
        });
    }

    private static Version version(Documents.Kind kind, String id, ResultSet row) throws SQLException {
        String document = row.getString(6);
        return new Version(
                kind,
                id,
                row.getLong(1),
                row.getTimestamp(2).getTime(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                document == null ? null : Json.read(document),
                row.getBoolean(7));
    }

    @Override
    public CompletionStage<Optional<Version>> find(Documents.Kind kind, String id, long version) {
        return of(kind, id, version + 1, 1)
                .thenApply(found ->
                        found.stream().filter(one -> one.version() == version).findFirst());
    }

    private static String kind(Documents.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
