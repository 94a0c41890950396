package io.segue.signoff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people have been asked on one call, and what they said. One gateway, the call's, has it; so of two decisions one is first.
 *
 * @param call the call's id
 * @param requests in the order in which they were asked
 */
public record Oversight(String call, Rules rules, List<Request> requests) {
    /** Requests of one call that wait at a time; one more is refused. */
    public static final int PENDING_MAX = 32;

    /** Requests of one call; one more is refused. */
    public static final int REQUESTS_MAX = 1_000;

    public static Oversight of(String call, Rules rules) {
        return new Oversight(call, rules, List.of());
    }

    public Optional<Request> request(String id) {
        return requests.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** Those that wait for an answer. */
    public List<Request> pending() {
        return requests.stream().filter(Request::pending).toList();
    }

    /** Whether a turn waits for its approval: the caller is owed the filler. */
    boolean holdsATurn() {
        return requests.stream().anyMatch(r -> r.pending() && r.kind() == Request.Kind.APPROVAL);
    }

    Optional<Request> ofAction(String actionId) {
        return requests.stream()
                .filter(r -> r.subject() instanceof Request.Subject.OfAction(var action, var _)
                        && action.id().equals(actionId))
                .findFirst();
    }

    Optional<Request> ofTurn(String turnId) {
        return requests.stream()
                .filter(r -> r.subject() instanceof Request.Subject.OfTurn(var turn)
                        && turn.id().equals(turnId))
                .findFirst();
    }

    String nextId(Request.Kind kind) {
        return kind.id(call, requests.size() + 1);
    }

    Oversight plus(Request request) {
        List<Request> more = new ArrayList<>(requests);
        more.add(request);
        return new Oversight(call, rules, List.copyOf(more));
    }

    Oversight with(Request request) {
        return new Oversight(
                call,
                rules,
                requests.stream()
                        .map(r -> r.id().equals(request.id()) ? request : r)
                        .toList());
    }

    /** Words of a request's leave have been spoken: they are used up, and so is what was not said of requests before it. */
    Oversight spoken(Request leave, String words) {
        int at = requests.indexOf(leave);
        List<Request> after = new ArrayList<>(requests);
        after.subList(0, at).replaceAll(Request::past);
        after.set(at, leave.spoken(words));
        return new Oversight(call, rules, List.copyOf(after));
    }

    /** No turn that was granted may be spoken any more: whoever it was granted to is gone. */
    Oversight withoutLeave() {
        return new Oversight(call, rules, requests.stream().map(Request::past).toList());
    }
}
