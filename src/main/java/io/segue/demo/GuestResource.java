package io.segue.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The console's first minute, in the dev profile only: {@code POST /api/v1/demo/session} makes whoever opens the page a human who can be rung, {@code
 * POST /api/v1/demo/session/calls} places a call that rings them.
 */
@Path("/api/v1/demo/session")
@Produces(MediaType.APPLICATION_JSON)
@IfBuildProfile("dev")
public class GuestResource {
    private static final Logger LOG = Logger.getLogger(GuestResource.class);

    private final Guest guest = new Guest();
    private final int sipPort;
    private @Nullable BrowserCall latest;

    GuestResource(@ConfigProperty(name = "segue.sip.port", defaultValue = "5060") int sipPort) {
        this.sipPort = sipPort;
    }

    @POST
    @RolesAllowed("admin")
    public CompletionStage<Response> open(
            @HeaderParam("Authorization") @Nullable String authorization, @Context UriInfo uri) {
        int port = uri.getBaseUri().getPort();
        return later(() -> {
            try (Gateway gateway = Gateway.here(sipPort, port, authorization)) {
                return guest.session(gateway);
            }
        });
    }

    /** Answers {@code {"call"}} once the agent has the caller. A new call ends the one before. */
    @POST
    @Path("/calls")
    @RolesAllowed("admin")
    public CompletionStage<Response> call(
            @HeaderParam("Authorization") @Nullable String authorization, @Context UriInfo uri) {
        int port = uri.getBaseUri().getPort();
        return later(() -> new JsonObject().put("call", place(port, authorization)));
    }

    private synchronized String place(int port, @Nullable String authorization) {
        if (latest != null) {
            latest.close();
        }
        Gateway gateway = Gateway.here(sipPort, port, authorization);
        try {
            BrowserCall call = BrowserCall.begin(gateway);
            latest = call;
            return call.callId();
        } catch (RuntimeException e) {
            gateway.close();
            throw e;
        }
    }

    private static CompletionStage<Response> later(Supplier<JsonObject> work) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("demo").start(() -> {
            try {
                answer.complete(Response.ok(work.get().encode()).build());
            } catch (DemoFailed e) {
                LOG.warnf("demo: %s", e.getMessage());
                answer.complete(DemoResource.problem(502, String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                LOG.error("demo: broke", e);
                answer.complete(DemoResource.problem(500, "the demo broke; the log says where"));
            }
        });
        return answer;
    }
}
