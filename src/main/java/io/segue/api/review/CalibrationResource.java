package io.segue.api.review;

import io.segue.agent.Agent;
import io.segue.api.AgentThresholds;
import io.segue.api.Answers;
import io.segue.api.Json;
import io.segue.api.Problem;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.review.Reviews;
import io.segue.flow.review.Reviews.Halves;
import io.segue.registry.Directory;
import io.segue.registry.Fields;
import io.segue.registry.Ids;
import io.segue.registry.Read;
import io.segue.review.Proposal;
import io.segue.review.Tally;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How far an agent's confidence keeps what it promises, and the thresholds that follow, for somebody to accept. */
@Path("/api/v1/agents/{id}/calibration")
@Produces(MediaType.APPLICATION_JSON)
public class CalibrationResource {
    private static final int INTENT_CHARS_MAX = 128;

    private final Json json;
    private final Answers answers;
    private final Reviews reviews;
    private final Directory directory;
    private final AgentThresholds thresholds;
    private final AuditTrail audit;
    private final Asker asker;
    private final Limits limits;

    CalibrationResource(
            Json json,
            Answers answers,
            Reviews reviews,
            Directory directory,
            AgentThresholds thresholds,
            AuditTrail audit,
            Asker asker,
            Limits limits) {
        this.json = json;
        this.answers = answers;
        this.reviews = reviews;
        this.directory = directory;
        this.thresholds = thresholds;
        this.audit = audit;
        this.asker = asker;
        this.limits = limits;
    }

    /** Of each intent: the curve, the threshold that holds, and the one proposed. */
    @GET
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(
            @PathParam("id") String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("slice") @Nullable String slice,
            @QueryParam("errorBudget") @Nullable String errorBudget,
            @QueryParam("interventionRate") @Nullable String interventionRate) {
        CalibrationQuery query = CalibrationQuery.of(id, from, to, slice, errorBudget, interventionRate);
        Optional<Agent> agent = agent(id);
        return agent.isEmpty()
                ? missing(id)
                : answers.later(
                        reviews.tallies(query.span(), query.slice()),
                        tallies -> answers.tree(200, shown(agent.get(), query, tallies)));
    }

    /**
     * {@code {"threshold","from","to","slice","errorBudget","interventionRate"}}: what was proposed, and for what. 409 when labels that have come since
     * make it another proposal.
     */
    @POST
    @Path("/proposals/{intent}/accept")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> accept(
            @PathParam("id") String id, @PathParam("intent") String intent, byte @Nullable [] body) {
        Optional<Agent> agent = agent(id);
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (Accepted.read(id, fields)) {
                    case Read.Invalid<Accepted> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Accepted>(Accepted accepted) ->
                        agent.isEmpty() ? missing(id) : accept(agent.get(), intent, accepted);
                };
        };
    }

    /** What somebody accepts. */
    private record Accepted(double threshold, CalibrationQuery query) {
        static Read<Accepted> read(String agent, Map<String, Object> fields) {
            Fields f = Fields.of(fields);
            if (!f.has("threshold")) {
                f.error("threshold", "is missing");
            }
            double threshold = f.number("threshold", 0, 1).orElse(0.0);
            String from = f.text("from", INTENT_CHARS_MAX).orElse(null);
            String to = f.text("to", INTENT_CHARS_MAX).orElse(null);
            String slice = f.text("slice", INTENT_CHARS_MAX).orElse(null);
            String budget = f.number("errorBudget", 0, 1).map(String::valueOf).orElse(null);
            String rate =
                    f.number("interventionRate", 0, 1).map(String::valueOf).orElse(null);
            f.nothingElse();
            return f.result(() -> new Accepted(threshold, CalibrationQuery.of(agent, from, to, slice, budget, rate)));
        }
    }

    private CompletionStage<Response> accept(Agent agent, String intent, Accepted accepted) {
        Actor actor = asker.actor();
        return answers.within(
                reviews.tallies(accepted.query().span(), accepted.query().slice()), tallies -> {
                    Halves halves = tallies.get(intent);
                    if (halves == null) {
                        return answers.refuse(Problem.notFound("no turn of agent " + agent.id() + " has this intent"));
                    }
                    Proposal proposal = proposal(halves, accepted.query());
                    if (!(proposal instanceof Proposal.Threshold found)
                            || found.learnt().threshold() != accepted.threshold()) {
                        return answers.refuse(Problem.conflict(
                                proposal instanceof Proposal.Threshold now
                                        ? "the proposal is " + now.learnt().threshold() + " now"
                                        : String.valueOf(
                                                Shown.proposal(proposal).get("refused"))));
                    }
                    Entry entry = new Entry("calibration.accepted", null, actor, entry(agent, intent, accepted, found));
                    return thresholds
                            .set(agent.id(), intent, accepted.threshold(), actor, note(agent, intent, accepted))
                            .thenApply(response -> {
                                if (response.getStatus() == Response.Status.OK.getStatusCode()) {
                                    audit.record(entry);
                                }
                                return response;
                            });
                });
    }

    private static String note(Agent agent, String intent, Accepted accepted) {
        return "threshold of " + intent + " from " + agent.policy().thresholdOf(intent) + " to " + accepted.threshold()
                + ", for " + accepted.query().shownTarget();
    }

    private static Map<String, Object> entry(
            Agent agent, String intent, Accepted accepted, Proposal.Threshold proposal) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("agent", agent.id());
        tree.put("intent", intent);
        tree.put("was", agent.policy().thresholdOf(intent));
        tree.put("target", accepted.query().shownTarget());
        tree.putAll(Shown.proposal(proposal));
        return tree;
    }

    private Proposal proposal(Halves halves, CalibrationQuery query) {
        return Proposal.of(halves.learning(), halves.checking(), query.target(), limits.calibrationLabelsMin());
    }

    private Map<String, Object> shown(Agent agent, CalibrationQuery query, Map<String, Halves> tallies) {
        List<Map<String, Object>> intents = new ArrayList<>();
        Tally learning = new Tally();
        Tally checking = new Tally();
        tallies.forEach((intent, halves) -> {
            Map<String, Object> tree = Shown.curve(intent, halves);
            tree.put("threshold", agent.policy().thresholdOf(intent));
            tree.put("proposal", Shown.proposal(proposal(halves, query)));
            intents.add(tree);
            learning.add(halves.learning());
            checking.add(halves.checking());
        });
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("agent", agent.id());
        tree.put("target", query.shownTarget());
        Map<String, Object> overall = Shown.curve("", new Halves(learning, checking));
        overall.remove("intent");
        tree.put("overall", overall);
        tree.put("intents", intents);
        return tree;
    }

    private Optional<Agent> agent(String id) {
        return Ids.valid(id) ? directory.agent(id) : Optional.empty();
    }

    private CompletionStage<Response> missing(String id) {
        return answers.refuse(Problem.notFound(Ids.valid(id) ? "no agent " + id : "no such agent"));
    }
}
