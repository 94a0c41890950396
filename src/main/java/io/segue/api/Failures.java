package io.segue.api;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever was thrown into a problem. What we throw is a bug: it is logged, and the reader is told no more than that. */
class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final Answers answers;

    Failures(Answers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    Response noKey(UnauthorizedException e) {
        return answers.problem(Problem.ofStatus(401));
    }

    @ServerExceptionMapper
    Response wrongKey(AuthenticationFailedException e) {
        return answers.problem(Problem.ofStatus(401));
    }

    @ServerExceptionMapper
    Response notAllowed(ForbiddenException e) {
        return answers.problem(Problem.ofStatus(403));
    }

    @ServerExceptionMapper
    Response refused(Refused e) {
        return answers.problem(e.problem());
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            LOG.error("a request failed", e);
        }
        Response problem = answers.problem(Problem.ofStatus(status));
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? problem
                : Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    @ServerExceptionMapper
    Response bug(Throwable e) {
        LOG.error("a request failed", e);
        return answers.problem(Problem.bug());
    }
}
