package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.contact.Redactor;
import io.segue.flow.Calls;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Webhooks;
import io.segue.human.Outcome;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.registry.Wire;
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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The end of a human's work on a call: {@code {"outcome":"resolved|follow_up|unresolved|misdirected","note"}}. It goes to the webhook, the events and, without
 * the note's words, the trail; of a human only for calls that came to them, while they last or later.
 */
@Path("/api/v1/calls/{id}/outcome")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OutcomeResource {
    private final Json json;
    private final Answers answers;
    private final Calls calls;
    private final Limits limits;
    private final Redactor redactor;
    private final AuditTrail audit;
    private final EventLog events;
    private final Webhooks webhooks;
    private final SecurityIdentity identity;
    private final Asker asker;

    private record Said(Outcome outcome, @Nullable String note) {}

    /** Who says it, read while the request is at hand. */
    private record Teller(String human, Actor actor) {}

    OutcomeResource(
            Json json,
            Answers answers,
            Calls calls,
            Limits limits,
            Redactor redactor,
            AuditTrail audit,
            EventLog events,
            Webhooks webhooks,
            SecurityIdentity identity,
            Asker asker) {
        this.json = json;
        this.answers = answers;
        this.calls = calls;
        this.limits = limits;
        this.redactor = redactor;
        this.audit = audit;
        this.events = events;
        this.webhooks = webhooks;
        this.identity = identity;
        this.asker = asker;
    }

    @POST
    @RolesAllowed({Role.Name.HUMAN, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> say(@PathParam("id") String id, byte @Nullable [] body) {
        Teller teller = new Teller(asker.name(), asker.actor());
        boolean own = identity.hasRole(Role.Name.HUMAN);
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> tree) ->
                switch (said(tree)) {
                    case Read.Invalid<Said> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Said>(Said said) ->
                        CallIds.valid(id) ? tell(id, said, teller, own) : answers.refuse(CallIds.missing());
                };
        };
    }

    private CompletionStage<Response> tell(String id, Said said, Teller teller, boolean own) {
        return answers.later(calls.get(id), call -> {
            Optional<Map<String, Object>> known =
                    call.filter(document -> !own || Ownership.had(document, teller.human()));
            if (known.isEmpty()) {
                return answers.problem(CallIds.missing());
            }
            Map<String, Object> outcome = new LinkedHashMap<>();
            outcome.put("call", id);
            outcome.put("human", teller.human());
            outcome.put("outcome", Wire.of(said.outcome()));
            if (said.note() != null) {
                outcome.put("note", redactor.text(said.note()));
            }
            audit.record(new Entry("call.outcome", id, teller.actor(), outcome));
            events.publish("outcome", outcome);
            webhooks.post("outcome", outcome);
            return answers.tree(200, outcome);
        });
    }

    private Read<Said> said(Map<String, Object> tree) {
        Fields f = Fields.of(tree);
        if (!f.has("outcome")) {
            f.error("outcome", "is required");
        }
        Outcome outcome = f.oneOf("outcome", Outcome.class).orElse(Outcome.UNRESOLVED);
        String note = f.lines("note", limits.textCharsMax()).orElse(null);
        f.nothingElse();
        return f.result(() -> new Said(outcome, note));
    }
}
