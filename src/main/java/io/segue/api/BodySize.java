package io.segue.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Refuses a body that says it is too large before it is read. One that does not say (chunked) is measured once it is read; the server
 * itself cuts it off at {@code quarkus.http.limits.max-body-size}, which is larger.
 */
@ApplicationScoped
class BodySize {
    private static final int BEFORE_THE_SERVERS_OWN = 1_000;
    // A length of more digits than this is larger than any limit, and may be larger than a long.
    private static final int LENGTH_DIGITS_MAX = 10;

    private final Json json;
    private final Limits limits;

    BodySize(Json json, Limits limits) {
        this.json = json;
        this.limits = limits;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_SERVERS_OWN);
    }

    private void check(RoutingContext context) {
        int bytesMax =
                RegistryResource.PATH.equals(context.request().path()) ? limits.yamlBytesMax() : limits.bodyBytesMax();
        if (!isTooLarge(context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH), bytesMax)) {
            context.next();
            return;
        }
        Problem problem = Problem.tooLarge(bytesMax);
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .end(Buffer.buffer(json.bytes(problem.tree())));
    }

    private static boolean isTooLarge(@org.jspecify.annotations.Nullable String length, int bytesMax) {
        return length != null && (length.length() > LENGTH_DIGITS_MAX || Long.parseLong(length) > bytesMax);
    }
}
