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
import java.util.function.Function;
import java.util.function.Predicate;
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
                    : answers.later(calls.bySipCallId(sipCallId), visible(call -> call.stream()
                            .toList()));
        }
        Optional<Integer> atMost = limit == null ? Optional.of(Math.min(LIST_DEFAULT, limits.listMax())) : count(limit);
        return atMost.isEmpty()
                ? answers.refuse(Problem.invalid(List.of(new io.segue.registry.FieldError(
                        "limit", "has to be a whole number, 1 to " + limits.listMax()))))
                : answers.later(calls.list(atMost.get()), visible(found -> found));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Name.HUMAN, Role.Name.REVIEWER, Role.Name.SPECIALIST, Role.Name.SUPERVISOR, Role.Name.ADMIN})
    public CompletionStage<Response> get(@PathParam("id") String id) {
        if (!CallIds.valid(id)) {
            return answers.refuse(CallIds.missing());
        }
        Predicate<Map<String, Object>> readable = readable();
        return answers.later(calls.get(id), call -> call.filter(readable)
                .map(document -> answers.tree(200, document))
                .orElseGet(() -> answers.problem(CallIds.missing())));
    }

    private <T> Function<T, Response> visible(Function<T, List<Map<String, Object>>> calls) {
        Predicate<Map<String, Object>> readable = readable();
        return found ->
                answers.items(calls.apply(found).stream().filter(readable).toList());
    }

    /** What the asker may read. Made while the request is at hand: the answer comes on a call's thread, which knows no asker. */
    private Predicate<Map<String, Object>> readable() {
        if (!identity.hasRole(Role.Name.HUMAN)) {
            return call -> true;
        }
        String human = identity.getPrincipal().getName();
        return call -> Ownership.had(call, human);
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
