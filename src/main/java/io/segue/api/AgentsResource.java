package io.segue.api;

import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** AI agents: who owns them, where they listen, when they give way. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
public class AgentsResource {
    private final Shelves shelves;
    private final History history;
    private final StaleAgents stale;
    private final Asker asker;

    AgentsResource(Shelves shelves, History history, StaleAgents stale, Asker asker) {
        this.shelves = shelves;
        this.history = history;
        this.stale = stale;
        this.asker = asker;
    }

    @GET
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> list(@QueryParam("stale") @Nullable String days) {
        return days == null ? Answers.now(shelves.agents().list()) : stale.list(shelves.agents(), days);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response get(@PathParam("id") String id) {
        return shelves.agents().get(id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> put(
            @PathParam("id") String id, byte[] body, @BeanParam EditParameters parameters) {
        return shelves.agents().put(id, body, parameters.by(asker.actor()));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> delete(@PathParam("id") String id, @BeanParam EditParameters parameters) {
        return shelves.agents().delete(id, parameters.by(asker.actor()));
    }

    @GET
    @Path("/{id}/versions")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> versions(
            @PathParam("id") String id,
            @QueryParam("before") @DefaultValue("" + Long.MAX_VALUE) long before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return history.list(shelves.agents(), id, before, Math.clamp(limit, 1, History.PAGE_MAX));
    }

    @GET
    @Path("/{id}/versions/{version}")
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> version(@PathParam("id") String id, @PathParam("version") long version) {
        return history.get(shelves.agents(), id, version);
    }

    @POST
    @Path("/{id}/versions/{version}/restore")
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> restore(
            @PathParam("id") String id, @PathParam("version") long version, @BeanParam EditParameters parameters) {
        return history.restore(shelves.agents(), id, version, parameters.by(asker.actor()));
    }
}
