package io.segue.api;

import io.segue.agent.Agent;
import io.segue.api.auth.Role;
import io.segue.flow.review.PastCalls;
import io.segue.flow.review.PastCalls.Place;
import io.segue.policy.Shadow;
import io.segue.policy.Shadow.Difference;
import io.segue.policy.Shadow.Report;
import io.segue.policy.Shadow.Verdict;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Ids;
import io.segue.registry.Read;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries a draft of an agent's policy on calls that are over. It answers within the time that a request has: when that is not enough for
 * all calls asked for, it says with how many it got done and where to go on.
 */
@Path("/api/v1/agents/{id}/shadow")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ShadowResource {
    static final int DIFFERENCES_MAX = 1_000;
    private static final int PAGE_CALLS = 200;

    private final Json json;
    private final Answers answers;
    private final Directory directory;
    private final Forms forms;
    private final PastCalls archive;
    private final Limits limits;

    ShadowResource(Json json, Answers answers, Directory directory, Forms forms, PastCalls archive, Limits limits) {
        this.json = json;
        this.answers = answers;
        this.directory = directory;
        this.forms = forms;
        this.archive = archive;
        this.limits = limits;
    }

    /** See {@link ShadowForm}. */
    @POST
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> shadow(@PathParam("id") String id, byte @Nullable [] body) {
        Optional<Agent> agent = Ids.valid(id) ? directory.agent(id) : Optional.empty();
        if (agent.isEmpty()) {
            return answers.refuse(Problem.notFound(Ids.valid(id) ? "no agent " + id : "no such agent"));
        }
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (ShadowForm.read(fields, forms)) {
                    case Read.Invalid<ShadowForm.Asked> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<ShadowForm.Asked>(var asked) ->
                        answers.later(replay(agent.get(), asked), this::answer);
                };
        };
    }

    private CompletionStage<Replay> replay(Agent agent, ShadowForm.Asked asked) {
        // Two thirds for the replay leave the last page time to come, and the answer to go.
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.storeTimeoutMs() * 2L / 3);
        Replay replay = new Replay(
                new Shadow(agent.policy(), asked.draft(), DIFFERENCES_MAX),
                new PastCalls.Query(agent.id(), asked.from(), asked.to()),
                asked.calls(),
                until);
        return replay.from(asked.after());
    }

    /** One way through the calls, page by page; the stages hand it from one thread to the next. */
    private final class Replay {
        private final Shadow shadow;
        private final PastCalls.Query query;
        private final long until;
        private int left;
        private @Nullable Place next;

        Replay(Shadow shadow, PastCalls.Query query, int calls, long until) {
            this.shadow = shadow;
            this.query = query;
            this.left = calls;
            this.until = until;
        }

        CompletionStage<Replay> from(@Nullable Place after) {
            return archive.page(query, after, Math.min(left, PAGE_CALLS)).thenCompose(page -> {
                page.calls().forEach(shadow::see);
                left -= page.calls().size();
                next = page.next();
                return next == null || left <= 0 || System.nanoTime() - until >= 0
                        ? CompletableFuture.completedFuture(this)
                        : from(next);
            });
        }
    }

    private Response answer(Replay replay) {
        Report report = replay.shadow.report();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("calls", report.calls());
        tree.put("turns", report.turns());
        tree.put("handoffs", Map.of("current", report.handoffs(), "draft", report.draftHandoffs()));
        tree.put("differ", report.differ());
        tree.put(
                "differences",
                report.differences().stream().map(ShadowResource::tree).toList());
        tree.put("more", replay.next != null);
        if (replay.next instanceof Place next) {
            tree.put("next", ShadowForm.show(next));
        }
        return answers.tree(200, tree);
    }

    private static Map<String, Object> tree(Difference difference) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("call", difference.call());
        if (difference.current() instanceof Verdict current) {
            tree.put("current", tree(current));
        }
        if (difference.draft() instanceof Verdict draft) {
            tree.put("draft", tree(draft));
        }
        return tree;
    }

    private static Map<String, Object> tree(Verdict verdict) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("turn", verdict.turn());
        tree.put("reason", verdict.reason());
        tree.put("detail", verdict.detail());
        if (verdict.whom().queue() instanceof String queue) {
            tree.put("queue", queue);
        }
        return tree;
    }
}
