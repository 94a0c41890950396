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

/** Actions past a boundary, which wait for a person; and the redeeming of what a person has granted. */
@Path("/api/v1/signoffs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SignoffsResource extends RequestsResource {
    private final Redeeming redeeming;

    SignoffsResource(Requests requests, Redeeming redeeming) {
        super(requests, Kind.SIGNOFF);
        this.redeeming = redeeming;
    }

    /** See {@link VerdictForm}. */
    @POST
    @Path("/{id}")
    @RolesAllowed({Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> decide(@PathParam("id") String id, byte @Nullable [] body) {
        return decided(id, body);
    }

    /** For the back office, with a key of any role: the token is what counts. */
    @POST
    @Path("/{id}/redeem")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> redeem(@PathParam("id") String id, byte @Nullable [] body) {
        return redeeming.redeem(id, body);
    }
}
