package io.segue.api.signoff;

import io.segue.api.auth.Role;
import io.segue.signoff.Request.Kind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What people are asked of one kind, as they see it; who may decide is the kind's own. */
public abstract class RequestsResource {
    private final Requests requests;
    private final Kind kind;

    RequestsResource(Requests requests, Kind kind) {
        this.requests = requests;
        this.kind = kind;
    }

    /** {@code ?state=pending} (the default) or what they came to. */
    @GET
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> list(@QueryParam("state") @Nullable String state) {
        return requests.list(kind, state);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(@PathParam("id") String id) {
        return requests.get(kind, id);
    }

    /** See {@link VerdictForm}. */
    CompletionStage<Response> decided(String id, byte @Nullable [] body) {
        return requests.decide(kind, id, body);
    }
}
