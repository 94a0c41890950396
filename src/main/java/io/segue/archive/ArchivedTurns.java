package io.segue.archive;

import io.segue.flow.review.PastCalls;
import io.segue.policy.Shadow.PastCall;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads archived calls with their turns, a page at a time, each a piece of work of its own, so that other work comes in between. */
public final class ArchivedTurns implements PastCalls {
    /** By (started_at, id), so that no call is missed or read twice between pages. */
    private static final String CALLS = """
            select id, started_at, (select min(connected_at) from handoff where handoff.call = call.id)
            from call
            where agent = ? and ended_at is not null and started_at >= ? and started_at < ? and (started_at, id) < (?, ?)
            order by started_at desc, id desc
            limit ?""";

    private static final String TURNS = """
            select call, id, speaker, text, intent, confidence, sentiment, language, start_ms, end_ms, proposed, entities
            from turn where call = any (?) order by call, ordinal""";

    // Within what both java.time and PostgreSQL can say, and beyond what a call can have been.
    private static final Instant EVER = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private final Database database;

    public ArchivedTurns(Database database) {
        this.database = database;
    }

    @Override
    public CompletionStage<Page> page(Query query, @Nullable Place after, int sizeMax) {
        return database.submit(connection -> read(connection, query, after, sizeMax));
    }

    private record Head(String id, Instant began, @Nullable Long agentMs) {}

    private static Page read(Connection connection, Query query, @Nullable Place after, int sizeMax)
            throws SQLException {
        List<Head> heads = heads(connection, query, after, sizeMax);
        Map<String, List<Turn>> turns = turns(connection, heads);
        List<PastCall> calls = heads.stream()
                .map(head -> new PastCall(head.id, head.began, turns.getOrDefault(head.id, List.of()), head.agentMs))
                .toList();
        Head last = heads.size() < sizeMax ? null : heads.getLast();
        return new Page(calls, last == null ? null : new Place(last.began, last.id));
    }

    private static List<Head> heads(Connection connection, Query query, @Nullable Place after, int sizeMax)
            throws SQLException {
        List<Head> heads = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(CALLS)) {
            select.setString(1, query.agent());
            select.setObject(2, time(query.from() == null ? EVER : query.from()));
            select.setObject(3, time(query.to() == null ? NEVER : query.to()));
            select.setObject(4, time(after == null ? NEVER : after.began()));
            select.setString(5, after == null ? "" : after.call());
            select.setInt(6, sizeMax);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Instant began = rows.getObject(2, OffsetDateTime.class).toInstant();
                    OffsetDateTime connected = rows.getObject(3, OffsetDateTime.class);
                    heads.add(new Head(
                            rows.getString(1),
                            began,
                            connected == null
                                    ? null
                                    : Long.valueOf(connected.toInstant().toEpochMilli() - began.toEpochMilli())));
                }
            }
        }
        return heads;
    }

    private static Map<String, List<Turn>> turns(Connection connection, List<Head> heads) throws SQLException {
        Map<String, List<Turn>> turns = new LinkedHashMap<>();
        if (heads.isEmpty()) {
            return turns;
        }
        try (PreparedStatement select = connection.prepareStatement(TURNS)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", heads.stream().map(Head::id).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    turns.computeIfAbsent(rows.getString(1), unused -> new ArrayList<>())
                            .add(turn(rows));
                }
            }
        }
        return turns;
    }

    private static Turn turn(ResultSet row) throws SQLException {
        String entities = row.getString(12);
        return new Turn(
                row.getString(2),
                Speaker.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getString(5),
                row.getObject(6, Double.class),
                row.getObject(7, Double.class),
                row.getString(8),
                entities == null ? Map.of() : Json.read(entities),
                row.getLong(9),
                row.getLong(10),
                row.getBoolean(11));
    }

    private static OffsetDateTime time(Instant instant) {
        return OffsetDateTime.ofInstant(
                instant.isBefore(EVER) ? EVER : instant.isAfter(NEVER) ? NEVER : instant, ZoneOffset.UTC);
    }
}
