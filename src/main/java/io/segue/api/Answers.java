package io.segue.api;

import io.segue.flow.record.ArchiveAway;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Makes responses: trees, problems, and what comes later. */
@ApplicationScoped
public class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    private final Json json;
    private final Limits limits;

    Answers(Json json, Limits limits) {
        this.json = json;
        this.limits = limits;
    }

    public Response tree(int status, Map<String, ?> tree) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json.bytes(tree))
                .build();
    }

    public Response items(List<? extends Map<String, ?>> items) {
        return tree(200, Map.of("items", items));
    }

    public Response problem(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(json.bytes(problem.tree()));
        if (problem.status() == 401) {
            response.header("WWW-Authenticate", "Bearer");
        }
        if (problem.retryAfterSeconds() > 0) {
            response.header("Retry-After", problem.retryAfterSeconds());
        }
        return response.build();
    }

    public static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedFuture(response);
    }

    public CompletionStage<Response> refuse(Problem problem) {
        return now(problem(problem));
    }

    /** Answers once the stage is done; when it fails or takes too long the answer is 503. */
    public <T> CompletionStage<Response> later(CompletionStage<T> stage, Function<T, Response> answer) {
        return within(stage, value -> now(answer.apply(value)));
    }

    /** As {@link #later}, for an answer that itself takes time. */
    public <T> CompletionStage<Response> within(
            CompletionStage<T> stage, Function<T, CompletionStage<Response>> answer) {
        CompletableFuture<T> bounded = new CompletableFuture<>();
        stage.whenComplete((value, error) -> {
            if (error == null) {
                bounded.complete(value);
            } else {
                bounded.completeExceptionally(error);
            }
        });
        return bounded.orTimeout(limits.storeTimeoutMs(), TimeUnit.MILLISECONDS)
                .handle((value, error) -> {
                    if (error != null) {
                        if (why(error) instanceof ArchiveAway away) {
                            return refuse(Problem.unavailable(String.valueOf(away.getMessage())));
                        }
                        LOG.warn("no answer from the store or the call", error);
                        return refuse(Problem.unavailable("the store or the call does not answer"));
                    }
                    return answer.apply(value);
                })
                .thenCompose(Function.identity());
    }

    private static Throwable why(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
