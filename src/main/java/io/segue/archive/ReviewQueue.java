package io.segue.archive;

import io.segue.flow.review.Reviews.Offer;
import io.segue.flow.review.Reviews.Wish;
import io.segue.review.Sampling;
import io.segue.review.Slice;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds one reviewer the next turn, and gives it to them for a while. */
final class ReviewQueue {
    /** So many candidates are looked at before another slice is tried: some may just have gone to others. */
    private static final int CANDIDATES = 50;

    private static final int AROUND = 2;

    private static final String LABELLED = "(t.speaker = 'agent' or (t.speaker = 'caller' and t.intent is not null))";
    private static final String SCORE = "(1 - t.confidence) * coalesce(r.risk, " + Sampling.RISK_DEFAULT + ")";
    private static final String FROM = """
             from turn t join call c on c.id = t.call
              left join unnest(?::text[], ?::text[], ?::float8[]) r(agent, intent, risk) on r.agent = c.agent and r.intent = t.intent
            """;
    private static final String WHERE = " where " + LABELLED + """
             and c.started_at > now() - make_interval(secs => ?)
             and (?::text is null or c.agent = ?) and (?::text is null or t.intent = ?)
             and (?::text is null or exists (select from handoff h where h.call = c.id and h.human = ?))
             and not exists (select from review_lease v where v.call = t.call and v.turn = t.id and v.until > now())
            """;
    private static final String UNLABELLED =
            " and not exists (select from label l where l.call = t.call and l.turn = t.id)";

    private final Connection connection;
    private final Wish wish;

    ReviewQueue(Connection connection, Wish wish) {
        this.connection = connection;
        this.wish = wish;
    }

    private record Candidate(
            String call,
            String turn,
            int ordinal,
            @Nullable String agent,
            @Nullable Double score) {}

    Optional<Offer> next() throws SQLException {
        forgetTheOver();
        if (wish.skip()) {
            skip();
        }
        Optional<Offer> open = open();
        if (open.isPresent()) {
            return open;
        }
        for (Slice slice : wish.sampling().order(wish.dice())) {
            for (Candidate candidate : candidates(slice)) {
                Optional<Long> until = take(candidate, slice);
                if (until.isPresent()) {
                    return Optional.of(offer(candidate, slice, until.get()));
                }
            }
        }
        return Optional.empty();
    }

    private void forgetTheOver() throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from review_lease where (call, turn) in"
                + " (select call, turn from review_lease where until <= now() for update skip locked)")) {
            delete.executeUpdate();
        }
    }

    /** It stays theirs until its time is over, so that it is not the next again. */
    private void skip() throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update review_lease set skipped = true where reviewer = ?")) {
            update.setString(1, wish.reviewer());
            update.executeUpdate();
        }
    }

    /** What they have before them already: who asks twice has not lost it. */
    private Optional<Offer> open() throws SQLException {
        String select = "select t.call, t.id, t.ordinal, c.agent, " + SCORE
                + ", v.slice, extract(epoch from v.until) * 1000" + FROM
                + " join review_lease v on v.call = t.call and v.turn = t.id"
                + " where v.reviewer = ? and not v.skipped and v.until > now()"
                + " and (?::text is null or c.agent = ?) and (?::text is null or t.intent = ?)"
                + " order by v.until limit 1";
        try (PreparedStatement query = connection.prepareStatement(select)) {
            int at = risks(query);
            query.setString(at++, wish.reviewer());
            filter(query, at);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(offer(
                                candidate(row),
                                Slice.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                                row.getLong(7)))
                        : Optional.empty();
            }
        }
    }

    private List<Candidate> candidates(Slice slice) throws SQLException {
        String columns = "select t.call, t.id, t.ordinal, c.agent, " + SCORE + FROM;
        String select =
                switch (slice) {
                    case RISK ->
                        columns + WHERE + UNLABELLED + " and t.lot >= ? and t.confidence is not null order by " + SCORE
                                + " desc, t.lot";
                    case RANDOM -> columns + WHERE + UNLABELLED + " and t.lot < ? order by t.lot";
                    case SECOND ->
                        columns + " join label l on l.call = t.call and l.turn = t.id and not l.second" + WHERE
                                + " and l.second_lot < ? and l.reviewer <> ?"
                                + " and not exists (select from label o where o.call = t.call and o.turn = t.id and o.second)"
                                + " order by l.second_lot";
                };
        try (PreparedStatement query = connection.prepareStatement(select + " limit " + CANDIDATES)) {
            int at = risks(query);
            query.setDouble(at++, wish.window().toSeconds());
            at = filter(query, at);
            query.setString(at++, wish.human());
            query.setString(at++, wish.human());
            query.setDouble(
                    at++,
                    slice == Slice.SECOND
                            ? wish.sampling().secondShare()
                            : wish.sampling().randomShare());
            if (slice == Slice.SECOND) {
                query.setString(at, wish.reviewer());
            }
            try (ResultSet rows = query.executeQuery()) {
                List<Candidate> candidates = new ArrayList<>();
                while (rows.next()) {
                    candidates.add(candidate(rows));
                }
                return candidates;
            }
        }
    }

    private int risks(PreparedStatement query) throws SQLException {
        List<String> agents = new ArrayList<>();
        List<String> intents = new ArrayList<>();
        List<Double> risks = new ArrayList<>();
        wish.risks()
                .forEach((agent, own) -> own.forEach((intent, risk) -> {
                    agents.add(agent);
                    intents.add(intent);
                    risks.add(risk);
                }));
        query.setArray(1, array("text", agents));
        query.setArray(2, array("text", intents));
        query.setArray(3, array("float8", risks));
        return 4;
    }

    private Array array(String type, List<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    private int filter(PreparedStatement query, int from) throws SQLException {
        query.setString(from, wish.agent());
        query.setString(from + 1, wish.agent());
        query.setString(from + 2, wish.intent());
        query.setString(from + 3, wish.intent());
        return from + 4;
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        double score = row.getDouble(5);
        Double known = row.wasNull() ? null : score;
        return new Candidate(row.getString(1), row.getString(2), row.getInt(3), row.getString(4), known);
    }

    /** If nobody has it meanwhile, it is theirs until the time that is told. */
    private Optional<Long> take(Candidate candidate, Slice slice) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into review_lease (call, turn, reviewer, slice, until)
                values (?, ?, ?, ?, now() + make_interval(secs => ?))
                on conflict (call, turn) do nothing returning extract(epoch from until) * 1000""")) {
            insert.setString(1, candidate.call());
            insert.setString(2, candidate.turn());
            insert.setString(3, wish.reviewer());
            insert.setString(4, LabelRows.lower(slice));
            insert.setDouble(5, wish.lease().toMillis() / 1e3);
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private Offer offer(Candidate candidate, Slice slice, long until) throws SQLException {
        return new Offer(
                candidate.call(),
                candidate.agent(),
                candidate.turn(),
                around(candidate),
                slice,
                candidate.score(),
                until);
    }

    private List<Map<String, Object>> around(Candidate candidate) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select id, speaker, text, intent, confidence, sentiment, language, start_ms, end_ms from turn"
                        + " where call = ? and ordinal between ? and ? order by ordinal")) {
            query.setString(1, candidate.call());
            query.setInt(2, candidate.ordinal() - AROUND);
            query.setInt(3, candidate.ordinal() + AROUND);
            try (ResultSet rows = query.executeQuery()) {
                List<Map<String, Object>> turns = new ArrayList<>();
                while (rows.next()) {
                    Map<String, Object> turn = new LinkedHashMap<>();
                    for (int i = 1; i <= NAMES.length; i++) {
                        if (rows.getObject(i) instanceof Object value) {
                            turn.put(NAMES[i - 1], value);
                        }
                    }
                    turns.add(turn);
                }
                return turns;
            }
        }
    }

    private static final String[] NAMES = {
        "id", "speaker", "text", "intent", "confidence", "sentiment", "language", "startMs", "endMs"
    };
}
