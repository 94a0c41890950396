package io.segue.api;

import io.segue.api.auth.Asker;
import io.segue.api.auth.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
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

/** Queues: whom to ring, for how long, and what to try when nobody answers. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
public class QueuesResource {
    private final Shelves shelves;
    private final Asker asker;

    QueuesResource(Shelves shelves, Asker asker) {
        this.shelves = shelves;
        this.asker = asker;
    }

    @GET
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response list() {
        return shelves.queues().list();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response get(@PathParam("id") String id) {
        return shelves.queues().get(id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> put(
            @PathParam("id") String id, byte[] body, @BeanParam EditParameters parameters) {
        return shelves.queues().put(id, body, parameters.by(asker.actor()));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> delete(@PathParam("id") String id, @BeanParam EditParameters parameters) {
        return shelves.queues().delete(id, parameters.by(asker.actor()));
    }
}
