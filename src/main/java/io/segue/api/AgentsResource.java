package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** AI agents: who owns them, where they listen, when they give way. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
public class AgentsResource {
    private final Shelves shelves;
    private final SecurityIdentity identity;

    AgentsResource(Shelves shelves, SecurityIdentity identity) {
        this.shelves = shelves;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response list() {
        return shelves.agents().list();
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
    public CompletionStage<Response> put(@PathParam("id") String id, byte[] body) {
        return shelves.agents().put(id, body, identity.getPrincipal().getName());
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> delete(@PathParam("id") String id) {
        return shelves.agents().delete(id, identity.getPrincipal().getName());
    }
}
