package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.flow.desk.Desk;
import io.segue.flow.record.AuditTrail;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import io.segue.registry.Directory;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.registry.Wire;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a human is doing. Available and away are chosen, by themselves or a supervisor; the rest follows from calls. */
@Path("/api/v1/humans/{id}/presence")
@Produces(MediaType.APPLICATION_JSON)
public class PresenceResource {
    private final Json json;
    private final Answers answers;
    private final Desk desk;
    private final Directory directory;
    private final SecurityIdentity identity;
    private final Asker asker;
    private final AuditTrail audit;

    private enum Choice {
        AVAILABLE(PresenceState.AVAILABLE),
        AWAY(PresenceState.AWAY);

        private final PresenceState state;

        Choice(PresenceState state) {
            this.state = state;
        }
    }

    PresenceResource(
            Json json,
            Answers answers,
            Desk desk,
            Directory directory,
            SecurityIdentity identity,
            Asker asker,
            AuditTrail audit) {
        this.json = json;
        this.answers = answers;
        this.desk = desk;
        this.directory = directory;
        this.identity = identity;
        this.asker = asker;
        this.audit = audit;
    }

    @GET
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(@PathParam("id") String id) {
        if (directory.human(id).isEmpty()) {
            return answers.refuse(Problem.notFound("no such human"));
        }
        return answers.later(
                desk.presences(),
                presences -> answers.tree(
                        200,
                        presences.stream()
                                .filter(presence -> presence.human().equals(id))
                                .findFirst()
                                .map(PresenceResource::show)
                                .orElseGet(() -> Map.of("human", id, "state", Wire.of(PresenceState.AWAY)))));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.HUMAN, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> put(@PathParam("id") String id, byte[] body) {
        if (identity.hasRole(Role.Name.HUMAN)
                && !identity.getPrincipal().getName().equals(id)) {
            return answers.refuse(Problem.notAllowed("a human chooses their own presence only"));
        }
        if (directory.human(id).isEmpty()) {
            return answers.refuse(Problem.notFound("no such human"));
        }
        return switch (json.read(body)) {
            case Json.Body.Wrong(Problem problem) -> answers.refuse(problem);
            case Json.Body.Tree(Map<String, Object> fields) ->
                switch (choice(fields)) {
                    case Read.Invalid<Choice> invalid -> answers.refuse(Problem.invalid(invalid.errors()));
                    case Read.Ok<Choice>(Choice choice) -> choose(id, choice);
                };
        };
    }

    /** The trail has what somebody chose; what follows from calls stands there as handoffs. */
    private CompletionStage<Response> choose(String id, Choice choice) {
        Actor by = asker.actor();
        return answers.within(desk.presences(), presences -> {
            PresenceState from = presences.stream()
                    .filter(presence -> presence.human().equals(id))
                    .findFirst()
                    .map(Presence::state)
                    .orElse(PresenceState.AWAY);
            return answers.later(desk.choose(id, choice == Choice.AVAILABLE), presence -> {
                if (from != presence.state() || from != choice.state) {
                    audit.record(new Entry(
                            "presence.changed",
                            null,
                            by,
                            Map.of(
                                    "human", id,
                                    "chosen", Wire.of(choice),
                                    "from", Wire.of(from),
                                    "to", Wire.of(presence.state()))));
                }
                return answers.tree(200, show(presence));
            });
        });
    }

    private static Read<Choice> choice(Map<String, Object> fields) {
        Fields f = Fields.of(fields);
        Choice choice = f.requiredOneOf("state", Choice.class).orElse(Choice.AWAY);
        f.nothingElse();
        return f.result(() -> choice);
    }

    private static Map<String, Object> show(Presence presence) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("human", presence.human());
        tree.put("state", Wire.of(presence.state()));
        tree.put("sinceMs", presence.sinceMs());
        if (presence.handoff() instanceof String handoff) {
            tree.put("handoff", handoff);
        }
        tree.put("unanswered", presence.unanswered());
        return tree;
    }
}
