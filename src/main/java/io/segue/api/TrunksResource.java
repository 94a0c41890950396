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

/** Carriers that may call. */
@Path("/api/v1/trunks")
@Produces(MediaType.APPLICATION_JSON)
public class TrunksResource {
    private final Shelves shelves;
    private final Asker asker;

    TrunksResource(Shelves shelves, Asker asker) {
        this.shelves = shelves;
        this.asker = asker;
    }

    @GET
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response list() {
        return shelves.trunks().list();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Response get(@PathParam("id") String id) {
        return shelves.trunks().get(id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> put(
            @PathParam("id") String id, byte[] body, @BeanParam EditParameters parameters) {
        return shelves.trunks().put(id, body, parameters.by(asker.actor()));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Role.Name.ADMIN)
    public CompletionStage<Response> delete(@PathParam("id") String id, @BeanParam EditParameters parameters) {
        return shelves.trunks().delete(id, parameters.by(asker.actor()));
    }
}
