package io.segue.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses a body that says it is too large before it is read; one that does not say is cut off by the server at the same size. */
class BodySize {
    private final Answers answers;
    private final Limits limits;

    BodySize(Answers answers, Limits limits) {
        this.answers = answers;
        this.limits = limits;
    }

    @ServerRequestFilter(preMatching = true)
    @Nullable
    Response check(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        // Longer than ten digits is larger than any limit; the server has refused what is no number.
        boolean large = length != null && (length.length() > 10 || Long.parseLong(length) > limits.bodyBytesMax());
        return large ? answers.problem(Problem.tooLarge(limits.bodyBytesMax())) : null;
    }
}
