package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Entry;
import io.segue.flow.AuditTrail;
import io.segue.flow.Calls;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.registry.Wire;
import io.segue.turn.Turn;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Orders to a call; 202 says that it is being done. A human may steer the call that they have. */
@Path("/api/v1/calls/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SteeringResource {
    private static final int SKILLS_MAX = 64;
    private static final int SKILL_CHARS_MAX = 128;

    private final Json json;
    private final Answers answers;
    private final Calls calls;
    private final Limits limits;
    private final SecurityIdentity identity;
    private final AuditTrail audit;
    private final Asker asker;

    SteeringResource(
            Json json,
            Answers answers,
            Calls calls,
            Limits limits,
            SecurityIdentity identity,
            AuditTrail audit,
            Asker asker) {
        this.json = json;
        this.answers = answers;
        this.calls = calls;
        this.limits = limits;
        this.identity = identity;
        this.audit = audit;
        this.asker = asker;
    }

    /** {@code {"queue","skills":[…],"note"}}, all optional. */
    @POST
    @Path("/handoff")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> handoff(@PathParam("id") String id, byte @Nullable [] body) {
        String by = identity.getPrincipal().getName();
        return order(
                "handoff.ordered",
                id,
                body,
                f -> {
                    Calls.HandoffOrder order = new Calls.HandoffOrder(
                            f.id("queue").orElse(null), f.texts("skills", SKILLS_MAX, SKILL_CHARS_MAX), note(f), by);
                    f.nothingElse();
                    return f.result(() -> order);
                },
                order -> calls.handoff(id, order));
    }

    /** {@code {"note"}}, optional: what the agent is told. */
    @POST
    @Path("/return")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> giveBack(@PathParam("id") String id, byte @Nullable [] body) {
        return order(
                "call.returned",
                id,
                body,
                f -> {
                    Optional<String> note = Optional.ofNullable(note(f));
                    f.nothingElse();
                    return f.result(() -> note);
                },
                note -> calls.giveBack(id, note.orElse(null)));
    }

    @POST
    @Path("/hangup")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> hangUp(@PathParam("id") String id, byte @Nullable [] body) {
        return order(
                "call.hungup",
                id,
                body,
                f -> {
                    f.nothingElse();
                    return f.result(() -> id);
                },
                calls::hangUp);
    }

    /** See {@link TurnForm}. */
    @POST
    @Path("/turns")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> turn(@PathParam("id") String id, byte @Nullable [] body) {
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (TurnForm.read(fields, UUID.randomUUID().toString(), limits.textCharsMax())) {
                    case Read.Invalid<Turn> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Turn>(Turn turn) ->
                        carryOut(entry("turn.added", id, trace(turn)), id, () -> calls.addTurn(id, turn));
                };
        };
    }

    /** What the trail keeps of a turn: nothing can be taken out of it again, so what was said stays in the call's record alone. */
    private static Map<String, Object> trace(Turn turn) {
        return Map.of(
                "turn", turn.id(),
                "speaker", Wire.of(turn.speaker()),
                "chars", turn.text().length());
    }

    /** @param kind what the audit trail calls it once it is taken */
    private <T> CompletionStage<Response> order(
            String kind,
            String id,
            byte @Nullable [] body,
            Function<Fields, Read<T>> form,
            Function<T, CompletionStage<Calls.Reply>> order) {
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (form.apply(Fields.of(fields))) {
                    case Read.Invalid<T> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<T>(T value) -> carryOut(entry(kind, id, fields), id, () -> order.apply(value));
                };
        };
    }

    /** Made while the request is at hand, which says who asks. */
    private Entry entry(String kind, String id, Map<String, Object> body) {
        return new Entry(kind, id, asker.actor(), body);
    }

    private CompletionStage<Response> carryOut(Entry entry, String id, Supplier<CompletionStage<Calls.Reply>> order) {
        if (!CallIds.valid(id)) {
            return answers.refuse(CallIds.missing());
        }
        if (!identity.hasRole(Role.Name.HUMAN)) {
            return answers.later(order.get(), reply -> reply(entry, reply));
        }
        String human = identity.getPrincipal().getName();
        return answers.within(calls.get(id), call -> {
            if (call.filter(document -> Ownership.had(document, human)).isEmpty()) {
                return answers.refuse(CallIds.missing());
            }
            return call.filter(document -> Ownership.has(document, human)).isPresent()
                    ? answers.later(order.get(), reply -> reply(entry, reply))
                    : answers.refuse(Problem.notAllowed("a human steers the call that they have only"));
        });
    }

    private Response reply(Entry entry, Calls.Reply reply) {
        return switch (reply) {
            case Calls.Reply.Accepted(Map<String, Object> document) -> {
                audit.record(entry);
                yield answers.tree(202, document);
            }
            case Calls.Reply.NoSuchCall() -> answers.problem(CallIds.missing());
            case Calls.Reply.Conflict(String why) -> answers.problem(Problem.conflict(why));
            case Calls.Reply.Elsewhere(String owner) ->
                answers.problem(
                        Problem.unavailable("the call lives on gateway " + owner + ", which did not take the order"));
        };
    }

    private @Nullable String note(Fields f) {
        return f.lines("note", limits.textCharsMax()).orElse(null);
    }
}
