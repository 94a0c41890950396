package io.segue.api.insight;

import io.segue.api.Answers;
import io.segue.api.Limits;
import io.segue.api.Problem;
import io.segue.api.auth.Role;
import io.segue.flow.review.Insights;
import io.segue.insight.Query;
import io.segue.insight.Row;
import io.segue.insight.Trend;
import io.segue.registry.FieldError;
import io.segue.registry.Read;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Figures of calls that have ended, from the archive; docs/insight.md says what each is. */
@Path("/api/v1/insights")
@Produces(MediaType.APPLICATION_JSON)
public class InsightResource {
    /** Calls behind a figure: as many as somebody looks through. */
    static final int CALLS_MAX = 200;

    private final Answers answers;
    private final Insights insights;
    private final Limits limits;

    InsightResource(Answers answers, Insights insights, Limits limits) {
        this.answers = answers;
        this.insights = insights;
        this.limits = limits;
    }

    /** See {@link InsightForm}. */
    @GET
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> rows(
            @QueryParam("agent") @Nullable String agent,
            @QueryParam("version") @Nullable String version,
            @QueryParam("policy") @Nullable String policy,
            @QueryParam("intent") @Nullable String intent,
            @QueryParam("queue") @Nullable String queue,
            @QueryParam("by") @Nullable String by,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        return switch (InsightForm.read(agent, version, policy, intent, queue, by, from, to, Instant.now())) {
            case Read.Invalid<Query> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
            case Read.Ok<Query>(Query query) ->
                answers.later(insights.rows(query, limits.listMax() + 1), rows -> shown(query, rows));
        };
    }

    /** The calls that a row of the figures is made of, the latest first, for whoever wants to see behind a figure. */
    @GET
    @Path("/calls")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> calls(
            @QueryParam("agent") @Nullable String agent,
            @QueryParam("version") @Nullable String version,
            @QueryParam("policy") @Nullable String policy,
            @QueryParam("intent") @Nullable String intent,
            @QueryParam("queue") @Nullable String queue,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to) {
        return switch (InsightForm.read(agent, version, policy, intent, queue, "total", from, to, Instant.now())) {
            case Read.Invalid<Query> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
            case Read.Ok<Query>(Query query) ->
                answers.later(
                        insights.calls(query, CALLS_MAX + 1),
                        calls -> answers.tree(
                                200,
                                Map.of(
                                        "items",
                                        calls.stream()
                                                .limit(CALLS_MAX)
                                                .map(InsightDocuments::of)
                                                .toList(),
                                        "more",
                                        calls.size() > CALLS_MAX)));
        };
    }

    private Response shown(Query query, List<Row> rows) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("from", query.from().toEpochMilli());
        tree.put("to", query.to().toEpochMilli());
        tree.put(
                "items",
                rows.stream().limit(limits.listMax()).map(InsightDocuments::of).toList());
        tree.put("more", rows.size() > limits.listMax());
        return answers.tree(200, tree);
    }

    /** @param state {@code worse}, which is what an alarm is, unless another is asked for; {@code all} for all */
    @GET
    @Path("/alarms")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> alarms(@QueryParam("state") @Nullable String state) {
        String wanted = state == null ? Trend.State.WORSE.wire() : state;
        boolean all = wanted.equals("all");
        if (!all && Arrays.stream(Trend.State.values()).noneMatch(s -> s.wire().equals(wanted))) {
            return answers.refuse(Problem.invalid(
                    List.of(new FieldError("state", "has to be worse, better, steady, too_few or all"))));
        }
        return answers.later(
                insights.findings(),
                findings -> answers.items(findings.stream()
                        .filter(finding -> all || finding.trend().state().wire().equals(wanted))
                        .map(InsightDocuments::of)
                        .toList()));
    }
}
