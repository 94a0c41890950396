package io.segue.handoff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to bring a human to a caller.
 *
 * @param requested whether it is wanted, or only pre-warmed
 * @param reason why it began, or why it was pre-warmed
 * @param target the place in the plan that is being tried
 * @param attempts every phone that was rung, in order
 * @param winner the leg that answered and was kept
 * @param search the search for a free human
 * @param ended how it ended; none before that
 */
public record Handoff(
        Brief brief,
        boolean requested,
        Reason reason,
        String detail,
        HandoffState state,
        int target,
        List<Attempt> attempts,
        @Nullable String winner,
        Clock clock,
        Search search,
        @Nullable Reason ended) {

    static Handoff of(Brief brief, boolean requested, Reason reason, String detail, Clock clock) {
        return new Handoff(
                brief, requested, reason, detail, HandoffState.REQUESTED, 0, List.of(), null, clock, Search.NONE, null);
    }

    public String id() {
        return brief.id();
    }

    /** Whether nothing more comes of it. */
    public boolean over() {
        return ended != null;
    }

    /** The attempt of a leg. */
    public Optional<Attempt> attempt(@Nullable String leg) {
        return attempts.stream().filter(a -> a.leg().equals(leg)).findFirst();
    }

    /** The human who has, or is about to have, the caller. */
    public Optional<String> human() {
        return attempt(winner).map(Attempt::human);
    }

    Set<String> tried() {
        Set<String> tried = new HashSet<>();
        for (Attempt attempt : attempts) {
            String human = attempt.human();
            if (human != null) {
                tried.add(human);
            }
        }
        return tried;
    }

    Brief.@Nullable Target current() {
        return target < brief.plan().size() ? brief.plan().get(target) : null;
    }

    /** Why the last phone that came to nothing did so. */
    Reason lastReason() {
        for (Attempt attempt : attempts.reversed()) {
            Reason why = attempt.why();
            if (why != null) {
                return why;
            }
        }
        return Reason.NO_HUMAN;
    }

    Handoff in(HandoffState next) {
        return new Handoff(brief, requested, reason, detail, next, target, attempts, winner, clock, search, ended);
    }

    Handoff endedIn(HandoffState next, Reason how) {
        return new Handoff(brief, requested, reason, detail, next, target, attempts, winner, clock, search, how);
    }

    Handoff requestedFor(Reason why, String said, long now) {
        return new Handoff(
                brief, true, why, said, state, target, attempts, winner, clock.requested(now), search, ended);
    }

    Handoff at(int place) {
        return new Handoff(brief, requested, reason, detail, state, place, attempts, winner, clock, search, ended);
    }

    Handoff with(Clock next) {
        return new Handoff(brief, requested, reason, detail, state, target, attempts, winner, next, search, ended);
    }

    Handoff with(Search next) {
        return new Handoff(brief, requested, reason, detail, state, target, attempts, winner, clock, next, ended);
    }

    Handoff wonBy(@Nullable String leg) {
        return new Handoff(brief, requested, reason, detail, state, target, attempts, leg, clock, search, ended);
    }

    Handoff plus(Attempt attempt) {
        List<Attempt> more = new ArrayList<>(attempts);
        more.add(attempt);
        return withAttempts(more);
    }

    Handoff change(String leg, UnaryOperator<Attempt> change) {
        return withAttempts(attempts.stream()
                .map(a -> a.leg().equals(leg) ? change.apply(a) : a)
                .toList());
    }

    private Handoff withAttempts(List<Attempt> next) {
        return new Handoff(
                brief, requested, reason, detail, state, target, List.copyOf(next), winner, clock, search, ended);
    }
}
