package io.segue.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.api.auth.Role;
import io.segue.flow.Calls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The calls, to read. A human sees those that came to them. */
@Path("/api/v1/calls")
@Produces(MediaType.APPLICATION_JSON)
public class CallsResource {
    private static final int LIST_DEFAULT = 100;
    private static final int SIP_CALL_ID_CHARS_MAX = 256;

    private final Answers answers;
    private final Calls calls;
    private final Limits limits;
    private final SecurityIdentity identity;

    CallsResource(Answers answers, Calls calls, Limits limits, SecurityIdentity identity) {
        this.answers = answers;
        this.calls = calls;
        this.limits = limits;
        this.identity = identity;
    }

    @GET
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> list(
            @QueryParam("sipCallId") @Nullable String sipCallId, @QueryParam("limit") @Nullable String limit) {
        if (sipCallId != null) {
            return sipCallId.length() > SIP_CALL_ID_CHARS_MAX
                    ? Answers.now(answers.items(List.of()))
                    : answers.later(
                            calls.bySipCallId(sipCallId),
                            call -> visible(call.stream().toList()));
        }
        Optional<Integer> atMost = limit == null ? Optional.of(Math.min(LIST_DEFAULT, limits.listMax())) : count(limit);
        return atMost.isEmpty()
                ? answers.refuse(Problem.invalid(List.of(new io.segue.registry.FieldError(
                        "limit", "has to be a whole number, 1 to " + limits.listMax()))))
                : answers.later(calls.list(atMost.get()), this::visible);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(@PathParam("id") String id) {
        if (!CallIds.valid(id)) {
            return answers.refuse(CallIds.missing());
        }
        return answers.later(calls.get(id), call -> call.filter(this::mayRead)
                .map(document -> answers.tree(200, document))
                .orElseGet(() -> answers.problem(CallIds.missing())));
    }

    private Response visible(List<Map<String, Object>> found) {
        return answers.items(found.stream().filter(this::mayRead).toList());
    }

    private boolean mayRead(Map<String, Object> call) {
        return !identity.hasRole(Role.Name.HUMAN)
                || Ownership.had(call, identity.getPrincipal().getName());
    }

    private Optional<Integer> count(String text) {
        try {
            int count = Integer.parseInt(text);
            return count >= 1 && count <= limits.listMax() ? Optional.of(count) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
