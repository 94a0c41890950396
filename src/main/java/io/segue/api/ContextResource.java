package io.segue.api;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Role;
import io.segue.flow.Calls;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the human is shown: {@code {"callId","handoffId","reason","summary","caller","called","agent","headers","turns":[…]}}, text that is
 * never markup. With a key, or with a link of {@link ContextLinks}: 403 when its signature is wrong, 410 when it has expired.
 */
@Path("/api/v1/calls/{id}/context")
@Produces(MediaType.APPLICATION_JSON)
public class ContextResource {
    private final Answers answers;
    private final Calls calls;
    private final ContextLinks links;
    private final CurrentIdentityAssociation identities;

    ContextResource(Answers answers, Calls calls, ContextLinks links, CurrentIdentityAssociation identities) {
        this.answers = answers;
        this.calls = calls;
        this.links = links;
        this.identities = identities;
    }

    @GET
    @PermitAll
    public Uni<Response> get(
            @PathParam("id") String id,
            @QueryParam("handoff") @Nullable String handoff,
            @QueryParam("expires") @Nullable String expires,
            @QueryParam("signature") @Nullable String signature) {
        if (signature == null) {
            return identities.getDeferredIdentity().flatMap(identity -> Uni.createFrom()
                    .completionStage(() -> withKey(id, identity)));
        }
        return Uni.createFrom().completionStage(() -> switch (links.check(id, handoff, expires, signature)) {
            case GOOD -> context(id);
            case WRONG -> answers.refuse(Problem.notAllowed("the signature of the link is wrong"));
            case EXPIRED -> answers.refuse(Problem.gone("the link has expired"));
        });
    }

    private CompletionStage<Response> withKey(String id, SecurityIdentity identity) {
        if (identity.isAnonymous()) {
            return answers.refuse(Problem.noKey());
        }
        if (!CallIds.valid(id)) {
            return answers.refuse(CallIds.missing());
        }
        if (!identity.hasRole(Role.Name.HUMAN)) {
            return context(id);
        }
        String human = identity.getPrincipal().getName();
        return answers.within(
                calls.get(id),
                call -> call.filter(document -> Ownership.had(document, human)).isPresent()
                        ? context(id)
                        : answers.refuse(CallIds.missing()));
    }

    private CompletionStage<Response> context(String id) {
        return answers.later(calls.context(id), context -> context.map(document -> answers.tree(200, document))
                .orElseGet(() -> answers.problem(CallIds.missing())));
    }
}
