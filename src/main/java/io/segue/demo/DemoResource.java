package io.segue.demo;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.json.DecodeException;
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
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/demo/calls}, in the dev profile only: a call through this very gateway, over its sockets like anybody's. */
@Path("/api/v1/demo/calls")
@IfBuildProfile("dev")
public class DemoResource {
    private static final Logger LOG = Logger.getLogger(DemoResource.class);
    private static final String RING_MS = "ringMs";
    private static final String CALLS = "calls";

    private final AtomicBoolean running = new AtomicBoolean();
    private final int sipPort;

    DemoResource(@ConfigProperty(name = "segue.sip.port", defaultValue = "5060") int sipPort) {
        this.sipPort = sipPort;
    }

    /** Answers when the calls are over, with their account. One demo at a time. */
    @POST
    @RolesAllowed("admin")
    @Produces(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> call(
            @Nullable String body, @HeaderParam("Authorization") @Nullable String authorization, @Context UriInfo uri) {
        DemoCall.Order order;
        try {
            order = orderOf(body);
        } catch (DecodeException e) {
            return CompletableFuture.completedFuture(
                    problem(400, "the body is no JSON of the form {\"ringMs\":2000,\"calls\":1}"));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(problem(400, String.valueOf(e.getMessage())));
        }
        if (!running.compareAndSet(false, true)) {
            return CompletableFuture.completedFuture(problem(409, "a demo is running; try again when it is over"));
        }
        URI base = uri.getBaseUri();
        CompletableFuture<Response> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("demo").start(() -> {
            try (Gateway gateway = Gateway.here(sipPort, base.getPort(), authorization)) {
                answer.complete(Response.ok(DemoCall.run(gateway, order).encodePrettily() + "\n")
                        .build());
            } catch (DemoFailed e) {
                LOG.warnf("demo: %s", e.getMessage());
                answer.complete(problem(502, String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                LOG.error("demo: broke", e);
                answer.complete(problem(500, "the demo broke; the log says where"));
            } finally {
                running.set(false);
            }
        });
        return answer;
    }

    private static DemoCall.Order orderOf(@Nullable String body) {
        DemoCall.Order usual = DemoCall.Order.usual();
        if (body == null || body.isBlank()) {
            return usual;
        }
        JsonObject json = new JsonObject(body);
        for (String field : json.fieldNames()) {
            if (!field.equals(RING_MS) && !field.equals(CALLS)) {
                throw new IllegalArgumentException("only ringMs and calls can be asked for");
            }
        }
        return new DemoCall.Order(
                whole(json, RING_MS, usual.ringMs(), DemoCall.Order.RING_MS_MAX),
                whole(json, CALLS, usual.calls(), DemoCall.Order.CALLS_MAX));
    }

    /** JSON's getInteger would cut a fraction off, and the upper bits of what is too large. */
    private static int whole(JsonObject json, String field, int usual, int max) {
        if (!json.containsKey(field)) {
            return usual;
        }
        if (json.getValue(field) instanceof Integer value) {
            return value;
        }
        throw new IllegalArgumentException(field + ": has to be a whole number, at most " + max);
    }

    static Response problem(int status, String detail) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", Response.Status.fromStatusCode(status).getReasonPhrase())
                        .put("status", status)
                        .put("detail", detail)
                        .encode())
                .build();
    }
}
