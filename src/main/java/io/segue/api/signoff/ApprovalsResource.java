package io.segue.api.signoff;

import io.segue.api.auth.Role;
import io.segue.signoff.Request.Kind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Proposed turns that wait to be approved, edited or rejected before they are spoken. */
@Path("/api/v1/approvals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ApprovalsResource extends RequestsResource {
    ApprovalsResource(Requests requests) {
        super(requests, Kind.APPROVAL);
    }

    /** See {@link VerdictForm}. */
    @POST
    @Path("/{id}")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> decide(@PathParam("id") String id, byte @Nullable [] body) {
        return decided(id, body);
    }
}
