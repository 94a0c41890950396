package io.segue.archive;

import io.segue.insight.By;
import io.segue.insight.Query;
import io.segue.insight.Survival;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The one statement that makes figures of archived calls. Its words are ours alone; what somebody asked for goes in as parameters.
 *
 * <p>{@code c} has a row for each call, or for each intent of a call where intents matter.
 */
final class InsightSql {
    /** Intents that together make up so much of an agent's turns, the rarest first, are rare. */
    private static final double RARE_SHARE = 0.1;

    private static final String QUANTILES = "percentile_cont(array[0.5, 0.95, 0.99]) within group (order by ";

    private final Query query;
    private final List<String> listed;
    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();
    private final boolean byIntent;

    /** @param listed intents that count as rare however frequent they are */
    private InsightSql(Query query, List<String> listed) {
        this.query = query;
        this.listed = listed;
        this.byIntent = query.by().contains(By.INTENT);
    }

    static PreparedStatement prepare(Connection connection, Query query, List<String> listed, int atMost)
            throws SQLException {
        InsightSql sql = new InsightSql(query, listed);
        sql.calls();
        sql.callFigures();
        sql.handoffFigures();
        sql.moodFigures();
        sql.rare();
        sql.confidenceFigures();
        sql.labelFigures();
        sql.rows(atMost);
        return sql.prepared(connection);
    }

    /** The calls themselves. */
    static PreparedStatement prepareCalls(Connection connection, Query query, int atMost) throws SQLException {
        InsightSql sql = new InsightSql(query, List.of());
        sql.calls();
        sql.add(
                " select distinct on (c.started_at, c.id) c.id, c.agent, c.queue, call.from_number, c.started_at, c.ended_at");
        sql.add(", c.end_reason, c.outcome from c join call using (id) where true");
        sql.ofQueue("c.queue");
        sql.add(" order by c.started_at desc, c.id limit ?", atMost);
        return sql.prepared(connection);
    }

    private PreparedStatement prepared(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof List<?> list) {
                statement.setArray(i + 1, connection.createArrayOf("text", list.toArray()));
            } else {
                statement.setObject(i + 1, values.get(i));
            }
        }
        return statement;
    }

    private InsightSql add(String part, Object... more) {
        text.append(part);
        values.addAll(List.of(more));
        return this;
    }

    private static OffsetDateTime time(Instant at) {
        return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    private void calls() {
        add("""
                with c as materialized (
                  select call.id, call.agent, call.agent_version::text as version, call.policy, call.queue, call.started_at,
                    call.ended_at, call.end_reason, call.outcome, call.document,
                    to_char(call.started_at at time zone 'UTC', 'YYYY-MM-DD') as day,
                    to_char(date_trunc('week', call.started_at at time zone 'UTC'), 'YYYY-MM-DD') as week,
                """);
        String given = query.intent();
        if (byIntent) {
            add("i.intent from call left join lateral (select distinct intent from turn where turn.call = call.id");
            add(" and speaker = 'caller' and intent is not null) i on true");
        } else if (given != null) {
            add("?::text as intent from call", given);
        } else {
            add("null::text as intent from call");
        }
        add(" where ended_at is not null and started_at >= ? and started_at < ?", time(query.from()), time(query.to()));
        if (query.agent() instanceof String agent) {
            add(" and call.agent = ?", agent);
        }
        if (query.version() instanceof Integer version) {
            add(" and agent_version = ?", version);
        }
        if (query.policy() instanceof String policy) {
            add(" and call.policy = ?", policy);
        }
        if (given != null) {
            add(
                    byIntent
                            ? " and i.intent = ?"
                            : " and exists (select 1 from turn where turn.call = call.id and speaker = 'caller'"
                                    + " and intent = ?)",
                    given);
        }
        add(")");
    }

    /** The key of a group, of the columns of {@code c}; of a handoff the queue is its own. */
    private String key(String queue, By... without) {
        return query.by().stream()
                .filter(by -> !List.of(without).contains(by))
                .map(by -> by == By.QUEUE ? queue : "c." + by.wire())
                .collect(Collectors.joining(", ", "array[", "]::text[]"));
    }

    private String key() {
        return key("c.queue");
    }

    /** A share of all calls of a queue says nothing: of all calls, so many went to the queue. */
    private void callFigures() {
        add(", base as (select " + key("c.queue", By.QUEUE) + " as k0, count(*) as n from c group by 1)");
        add(", calls as (select " + key() + " as k, " + key("c.queue", By.QUEUE) + " as k0, count(*) as n");
        add("""
                , count(*) filter (where outcome <> 'contained') as handed_off
                , count(*) filter (where outcome <> 'unanswered') as resolved, \
                """);
        add(QUANTILES + "extract(epoch from ended_at - started_at)::float8) filter (where outcome <> 'unanswered')");
        add("""
                 as resolution, count(*) filter (where
                  exists (select 1 from handoff h where h.call = c.id and h.connected_at is not null)
                  or exists (select 1 from signoff s where s.call = c.id and s.state in ('edited', 'rejected'))
                  or exists (select 1 from audit a where a.call = c.id and a.kind = 'supervision.began'
                    and a.body ~ '"mode" *: *"(whisper|barge)"')) as intervened
                 from c where true""");
        ofQueue("c.queue");
        add(" group by 1, 2)");
    }

    private void ofQueue(String column) {
        if (query.queue() instanceof String queue) {
            add(" and " + column + " = ?", queue);
        }
    }

    private void handoffFigures() {
        add(", handed as (select " + key("h.queue") + " as k, count(*) as n, count(h.connected_at) as reached");
        add(", " + QUANTILES + "h.handoff_ms) as handoff_ms, count(h.handoff_ms) as handoff_n");
        add(", " + QUANTILES + "greatest(0, h.handoff_ms - h.answer_to_caller_ms))"
                + " filter (where h.handoff_ms - h.answer_to_caller_ms is not null) as wait_ms");
        add(", count(h.handoff_ms - h.answer_to_caller_ms) as wait_n");
        add(", " + QUANTILES + "h.dead_air_ms) as dead_air_ms, count(h.dead_air_ms) as dead_air_n");
        add(
                ", count(*) filter (where h.connected_at is not null and h.ended_at - h.connected_at >= ?::interval)"
                        + " as lasted",
                Survival.SECONDS + " s");
        add(
                ", count(*) filter (where h.connected_at is not null and (h.ended_at - h.connected_at >= ?::interval"
                        + " or h.state = ? or (h.outcome = any (?)",
                Survival.SECONDS + " s",
                Survival.givenBack(),
                Survival.outcomes());
        add("""
                 and (h.outcome <> 'caller_hung_up' or c.end_reason ilike ?)
                 and not jsonb_path_exists(c.document,
                  '$.handoffs[*] ? (@.id == $h).attempts[*] ? (@.why == "human_hung_up" && !(@.evidence starts with $form))',
                  jsonb_build_object('h', h.id, 'form', ?::text))))) as survived
                 from c join handoff h on h.call = c.id where true""", Survival.DUE_FORM + "%", Survival.DUE_FORM);
        ofQueue("h.queue");
        add(" group by 1)");
    }

    /** The turns of each call's caller that have a mood, in order; a call with fewer than three says nothing. */
    private void moodFigures() {
        add(", shift as (select " + key() + " as k, c.id");
        add("""
                , avg(m.sentiment) filter (where m.place > m.n - m.n / 3) - avg(m.sentiment) filter (where m.place <= m.n / 3) as moved
                 from c join (select call, sentiment, row_number() over (partition by call order by ordinal) as place,
                   count(*) over (partition by call) as n
                   from turn where speaker = 'caller' and sentiment is not null and call in (select id from c)) m on m.call = c.id
                 where m.n >= 3""");
        ofQueue("c.queue");
        add(
                " group by 1, 2), mood as (select k, avg(moved) as mean, coalesce(var_samp(moved), 0) as variance, count(*) as n"
                        + " from shift group by 1)");
    }

    private void rare() {
        add("""
                , volume as (select call.agent, turn.intent, count(*) as n from call join turn on turn.call = call.id
                   where call.ended_at is not null and call.started_at >= ? and call.started_at < ?
                   and turn.speaker = 'caller' and turn.intent is not null
                """, time(query.rareFrom()), time(query.rareTo()));
        if (query.agent() instanceof String agent) {
            add(" and call.agent = ?", agent);
        }
        add("""
                 group by 1, 2)
                , rare as (select agent, intent from (select agent, intent,
                   sum(n) over (partition by agent order by n) as below, sum(n) over (partition by agent) as n from volume) v
                   where below <= ? * n or intent = any (?))""", RARE_SHARE, listed);
    }

    /** Where intents matter, a turn counts where its own is. */
    private String sameIntent(String intent) {
        return byIntent || query.intent() != null ? " and " + intent + " is not distinct from c.intent" : "";
    }

    private void confidenceFigures() {
        add(", sure as (select " + key() + " as k");
        add("""
                , avg(t.confidence) as mean, coalesce(var_samp(t.confidence), 0) as variance, count(*) as n
                , avg(t.confidence) filter (where r.intent is not null) as rare_mean
                , coalesce(var_samp(t.confidence) filter (where r.intent is not null), 0) as rare_variance
                , count(*) filter (where r.intent is not null) as rare_n
                 from c join turn t on t.call = c.id left join rare r on r.agent = c.agent and r.intent = t.intent
                 where t.speaker = 'caller' and t.confidence is not null""");
        add(sameIntent("t.intent"));
        ofQueue("c.queue");
        add(" group by 1)");
    }

    /** What an agent says answers the last thing that the caller wanted. */
    private void labelFigures() {
        add(", judged as (select " + key() + " as k");
        add("""
                , count(*) as n, count(*) filter (where l.mark = 'edited') as edited
                , count(*) filter (where l.mark = 'rejected') as rejected
                , count(*) filter (where l.slice = 'random') as random_n
                , count(*) filter (where l.slice = 'random' and l.mark = 'edited') as random_edited
                 from c join label l on l.call = c.id and not l.second join turn t on t.call = l.call and t.id = l.turn
                 where true""");
        add(sameIntent("coalesce(t.intent, (select b.intent from turn b where b.call = t.call and b.ordinal < t.ordinal"
                + " and b.speaker = 'caller' and b.intent is not null order by b.ordinal desc limit 1))"));
        ofQueue("c.queue");
        add(" group by 1)");
    }

    private void rows(int atMost) {
        add("""
                 select k.k, calls.n, coalesce(base.n, 0), calls.handed_off, calls.resolved, calls.resolution, calls.intervened,
                  handed.n, handed.reached, handed.handoff_ms, handed.handoff_n, handed.wait_ms, handed.wait_n, handed.dead_air_ms,
                  handed.dead_air_n, handed.survived, handed.lasted, mood.mean, mood.variance, mood.n, judged.n, judged.edited,
                  judged.rejected, judged.random_n, judged.random_edited, sure.mean, sure.variance, sure.n, sure.rare_mean,
                  sure.rare_variance, sure.rare_n
                 from (select k from calls union select k from handed) k left join calls using (k) left join base using (k0)
                 left join handed using (k) left join mood using (k) left join judged using (k) left join sure using (k)
                 order by k limit ?""", atMost);
    }
}
