package io.segue.api.signoff;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.Answers;
import io.segue.api.Json;
import io.segue.api.Limits;
import io.segue.api.Ownership;
import io.segue.api.Problem;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.flow.Calls;
import io.segue.flow.oversight.SignoffArchive;
import io.segue.flow.oversight.Signoffs;
import io.segue.flow.oversight.Signoffs.Outcome;
import io.segue.registry.Read;
import io.segue.signoff.Request;
import io.segue.signoff.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What sign-offs and approvals have in common. A human sees those of calls that came to them. */
@ApplicationScoped
class Requests {
    private static final Set<String> STATES = Set.of("pending", "approved", "edited", "rejected", "expired");

    private final Json json;
    private final Answers answers;
    private final Signoffs signoffs;
    private final Calls calls;
    private final Limits limits;
    private final SecurityIdentity identity;
    private final Asker asker;

    Requests(
            Json json,
            Answers answers,
            Signoffs signoffs,
            Calls calls,
            Limits limits,
            SecurityIdentity identity,
            Asker asker) {
        this.json = json;
        this.answers = answers;
        this.signoffs = signoffs;
        this.calls = calls;
        this.limits = limits;
        this.identity = identity;
        this.asker = asker;
    }

    CompletionStage<Response> list(Request.Kind kind, @Nullable String state) {
        String wanted = state == null ? "pending" : state;
        if (!STATES.contains(wanted)) {
            return answers.refuse(Problem.of(
                    400,
                    "bad-request",
                    "The request is malformed",
                    "state has to be pending, approved, edited, rejected or expired"));
        }
        String human = humanOnly();
        return answers.later(
                human == null ? signoffs.list(kind, wanted, limits.listMax(), null) : list(kind, wanted, human),
                answers::items);
    }

    /** No page is cut before it is known whose its requests are. */
    private CompletionStage<List<Map<String, Object>>> list(Request.Kind kind, String state, String human) {
        if (state.equals("pending")) {
            return signoffs.list(kind, state, Integer.MAX_VALUE, null)
                    .thenCompose(all -> own(all, human))
                    .thenApply(own -> own.stream().limit(limits.listMax()).toList());
        }
        return calls.list(limits.listMax())
                .thenCompose(live -> signoffs.list(
                        kind,
                        state,
                        limits.listMax(),
                        new SignoffArchive.Whose(
                                human,
                                live.stream()
                                        .filter(call -> Ownership.had(call, human))
                                        .map(call -> String.valueOf(call.get("id")))
                                        .collect(Collectors.toSet()))));
    }

    CompletionStage<Response> get(Request.Kind kind, String id) {
        String human = humanOnly();
        return answers.later(
                signoffs.get(kind, id)
                        .thenCompose(found -> found.isEmpty()
                                ? CompletableFuture.completedStage(List.<Map<String, Object>>of())
                                : human == null
                                        ? CompletableFuture.completedStage(List.of(found.get()))
                                        : own(List.of(found.get()), human)),
                found -> found.isEmpty() ? answers.problem(noSuch()) : answers.tree(200, found.getFirst()));
    }

    CompletionStage<Response> decide(Request.Kind kind, String id, byte @Nullable [] body) {
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (VerdictForm.read(kind, fields, asker.actor(), limits.textCharsMax())) {
                    case Read.Invalid<Verdict> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Verdict>(Verdict verdict) ->
                        answers.later(signoffs.decide(kind, id, verdict), this::outcome);
                };
        };
    }

    private Response outcome(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided(var document) -> answers.tree(200, document);
            case Outcome.Taken(var document) -> answers.problem(Problem.conflict(first(document)));
            case Outcome.NotWritten() ->
                answers.problem(
                        Problem.unavailable(
                                "the decision could not be written to the audit trail, so it does not hold; the request waits on"));
            case Outcome.NoSuch() -> answers.problem(noSuch());
            case Outcome.Over() -> answers.problem(Problem.conflict("the call is over"));
        };
    }

    /** Who was first, and when. */
    private static String first(Map<String, Object> document) {
        Map<?, ?> decision = document.get("decision") instanceof Map<?, ?> map ? map : Map.of();
        Object at = decision.get("at") instanceof Number millis ? Instant.ofEpochMilli(millis.longValue()) : "";
        return decision.get("outcome") + " by " + decision.get("by") + " (" + decision.get("role") + ") at " + at;
    }

    private @Nullable String humanOnly() {
        return identity.hasRole(Role.Name.HUMAN) ? identity.getPrincipal().getName() : null;
    }

    private CompletionStage<List<Map<String, Object>>> own(List<Map<String, Object>> all, String human) {
        Map<Object, CompletableFuture<Boolean>> had = new LinkedHashMap<>();
        for (Map<String, Object> document : all) {
            had.computeIfAbsent(document.getOrDefault("call", ""), call -> calls.get(String.valueOf(call))
                    .thenApply(found ->
                            found.filter(tree -> Ownership.had(tree, human)).isPresent())
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(had.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    List<Map<String, Object>> own = new ArrayList<>(all);
                    own.removeIf(document -> !had.getOrDefault(
                                    document.getOrDefault("call", ""), CompletableFuture.completedFuture(false))
                            .join());
                    return own;
                });
    }

    static Problem noSuch() {
        return Problem.notFound("no such request; it may be of a call that is over");
    }
}
