package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.call.Supervision;
import io.segue.flow.Calls;
import io.segue.flow.record.AuditTrail;
import io.segue.human.Queue;
import io.segue.registry.Directory;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.registry.Wire;
import io.segue.turn.Turn;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
    private static final int SIP_CHARS_MAX = 1024;

    private final Json json;
    private final Answers answers;
    private final Calls calls;
    private final Limits limits;
    private final SecurityIdentity identity;
    private final AuditTrail audit;
    private final Asker asker;
    private final Directory directory;

    SteeringResource(
            Json json,
            Answers answers,
            Calls calls,
            Limits limits,
            SecurityIdentity identity,
            AuditTrail audit,
            Asker asker,
            Directory directory) {
        this.json = json;
        this.answers = answers;
        this.calls = calls;
        this.limits = limits;
        this.identity = identity;
        this.audit = audit;
        this.asker = asker;
        this.directory = directory;
    }

    /**
     * {@code {"queue","sip","skills":[…],"note"}}, all optional; {@code sip} instead of a queue, where it is the overflow of one. Where a human has the caller
     * they are passed on. A reviewer who
     * sees a call go wrong may fetch a human for it, and no more.
     */
    @POST
    @Path("/handoff")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> handoff(@PathParam("id") String id, byte @Nullable [] body) {
        String by = asker.actor().name();
        return order(
                "handoff.ordered",
                id,
                body,
                f -> {
                    Calls.HandoffOrder order = new Calls.HandoffOrder(
                            f.id("queue").orElse(null),
                            outside(f),
                            f.texts("skills", SKILLS_MAX, SKILL_CHARS_MAX),
                            note(f),
                            by);
                    f.nothingElse();
                    return f.result(() -> order);
                },
                order -> calls.handoff(id, order));
    }

    /** Only what is configured is called: whoever has a caller is not to dial the world. */
    private @Nullable String outside(Fields f) {
        String sip = f.text("sip", SIP_CHARS_MAX).orElse(null);
        if (sip != null && f.has("queue")) {
            f.error("sip", "is instead of a queue");
        } else if (sip != null
                && directory.queues().stream()
                        .flatMap(queue -> queue.overflow().stream())
                        .noneMatch(new Queue.Overflow.ToSip(sip)::equals)) {
            f.error("sip", "is the overflow of no queue");
        }
        return sip;
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

    /** {@code {"mode":"listen|whisper|barge","human"}}: rings that human, or changes the mode of the supervision that is going on. */
    @POST
    @Path("/supervise")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> supervise(@PathParam("id") String id, byte @Nullable [] body) {
        Actor by = asker.actor();
        return order(
                "supervision.ordered",
                id,
                body,
                f -> {
                    String human = human(f);
                    Supervision.Mode mode =
                            f.oneOf("mode", Supervision.Mode.class).orElse(Supervision.Mode.LISTEN);
                    if (!f.has("mode")) {
                        f.error("mode", "is required");
                    }
                    f.nothingElse();
                    return f.result(() -> new Calls.SuperviseOrder(human, mode, by));
                },
                order -> calls.supervise(id, order));
    }

    private String human(Fields f) {
        Optional<String> human = f.id("human");
        if (!f.has("human")) {
            f.error("human", "is required");
        } else if (human.isPresent() && directory.human(human.get()).isEmpty()) {
            f.error("human", "is the id of no human");
        }
        return human.orElse("");
    }

    /** {@code {"state":"paused|on"}}: nothing is kept of a recorded call from now on, or again. */
    @POST
    @Path("/recording")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> recording(@PathParam("id") String id, byte @Nullable [] body) {
        return order(
                "recording.ordered",
                id,
                body,
                f -> {
                    boolean on = f.oneOf("state", RecordingState.class).orElse(RecordingState.ON) == RecordingState.ON;
                    if (!f.has("state")) {
                        f.error("state", "is required");
                    }
                    f.nothingElse();
                    return f.result(() -> on);
                },
                on -> calls.record(id, on));
    }

    private enum RecordingState {
        ON,
        PAUSED
    }

    /** Ends the supervision. */
    @DELETE
    @Path("/supervise")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> dismissSupervisor(@PathParam("id") String id) {
        Actor by = asker.actor();
        return carryOut(entry("supervision.dismissed", id, Map.of()), id, () -> calls.dismissSupervisor(id, by));
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

    /** @param kind what the audit trail calls it */
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
            return give(entry, order);
        }
        String human = identity.getPrincipal().getName();
        return answers.within(calls.get(id), call -> {
            if (call.filter(document -> Ownership.had(document, human)).isEmpty()) {
                return answers.refuse(CallIds.missing());
            }
            return call.filter(document -> Ownership.has(document, human)).isPresent()
                    ? give(entry, order)
                    : answers.refuse(Problem.notAllowed("a human steers the call that they have only"));
        });
    }

    /** It is on its way to the trail before the call is told, and the call does not wait for it to arrive there: calls go on without a trail. */
    private CompletionStage<Response> give(Entry entry, Supplier<CompletionStage<Calls.Reply>> order) {
        audit.record(entry);
        return answers.later(order.get(), reply -> switch (reply) {
            case Calls.Reply.Accepted(Map<String, Object> document) -> answers.tree(202, document);
            case Calls.Reply.NoSuchCall() -> refused(entry, CallIds.missing());
            case Calls.Reply.Conflict(String why) -> refused(entry, Problem.conflict(why));
            case Calls.Reply.Elsewhere(String owner) ->
                refused(
                        entry,
                        Problem.unavailable("the call lives on gateway " + owner + ", which did not take the order"));
        });
    }

    /** What nothing came of is said of what the trail has. */
    private Response refused(Entry entry, Problem problem) {
        audit.record(new Entry(
                "order.refused", entry.call(), entry.actor(), Map.of("order", entry.kind(), "why", problem.detail())));
        return answers.problem(problem);
    }

    private @Nullable String note(Fields f) {
        return f.lines("note", limits.textCharsMax()).orElse(null);
    }
}
