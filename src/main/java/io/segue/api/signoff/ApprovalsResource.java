package io.segue.api.signoff;

import io.segue.api.auth.Role;
import io.segue.signoff.Request.Kind;
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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Proposed turns that wait to be approved, edited or rejected before they are spoken. */
@Path("/api/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApprovalsResource {
    private final Requests requests;

    ApprovalsResource(Requests requests) {
        this.requests = requests;
    }

    /** {@code ?state=pending} (the default) or what they came to. */
    @GET
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> list(@QueryParam("state") @Nullable String state) {
        return requests.list(Kind.APPROVAL, state);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(@PathParam("id") String id) {
        return requests.get(Kind.APPROVAL, id);
    }

    /** See {@link VerdictForm}. */
    @POST
    @Path("/{id}")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> decide(@PathParam("id") String id, byte @Nullable [] body) {
        return requests.decide(Kind.APPROVAL, id, body);
    }
}
