package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Role;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What happens, live, as server-sent events: the event's name is its type, its data one JSON object. After {@code reset} the reader has
 * missed something and reads anew. A human is sent the events whose {@code human} they are, and the audit trail's feed is for those who may read
 * the trail.
 */
@Path("/api/v1/events")
public class EventsResource {
    private final EventStreams streams;
    private final SecurityIdentity identity;

    EventsResource(EventStreams streams, SecurityIdentity identity) {
        this.streams = streams;
        this.identity = identity;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public Multi<OutboundSseEvent> events(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId, @Context Sse sse, RoutingContext context) {
        return streams.open(lastEventId, readable(), sse, () -> disconnect(context));
    }

    /** Made while the request is at hand: events come on threads that know no asker. */
    private BiPredicate<String, Map<String, Object>> readable() {
        String human =
                identity.hasRole(Role.Name.HUMAN) ? identity.getPrincipal().getName() : null;
        boolean trail = identity.hasRole(Role.Name.SUPERVISOR) || identity.hasRole(Role.Name.ADMIN);
        return (type, data) -> (trail || !type.equals("audit")) && (human == null || human.equals(data.get("human")));
    }

    /** Closes below Vert.x's own handler, which would wait for what is still to be written: the reader does not read. */
    private static void disconnect(RoutingContext context) {
        if (context.request().version() != HttpVersion.HTTP_2
                && context.request().connection() instanceof HttpServerConnection connection) {
            connection.channelHandlerContext().close();
        } else {
            context.response().reset();
        }
    }
}
