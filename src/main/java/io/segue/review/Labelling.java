package io.segue.review;

import org.jspecify.annotations.Nullable;

/** Whose label holds. Two may label a turn: the first says how it was, the second (blind) only how far reviewers agree. */
public final class Labelling {
    private Labelling() {}

    /** What there is of a turn. */
    public record State(
            @Nullable Label first,
            @Nullable Label second,
            @Nullable Lease lease) {}

    /**
     * Somebody has the turn before them.
     *
     * @param untilMs Unix milliseconds; later it is void
     * @param skipped they have passed it over: it keeps nobody out, but is not offered either
     */
    public record Lease(String reviewer, Slice slice, long untilMs, boolean skipped) {
        boolean holds(long nowMs) {
            return !skipped && nowMs < untilMs;
        }
    }

    /**
     * Somebody wants to label.
     *
     * @param version of the label that they want to change; none: they say nothing of one
     */
    public record Attempt(String reviewer, @Nullable Integer version, long nowMs) {}

    /** What becomes of it. */
    public sealed interface Ruling {
        /**
         * @param second whether it is the second, blind label
         * @param version that it gets
         */
        record Write(boolean second, int version, @Nullable Slice slice) implements Ruling {}

        /** Somebody else has the turn before them. */
        record Held(Lease lease) implements Ruling {}

        /** Somebody else has labelled it; who wants to change that has to say which version. */
        record Taken(Label label) implements Ruling {}

        /** There is another version, or none. */
        record Stale(@Nullable Label label) implements Ruling {}
    }

    public static Ruling rule(State state, Attempt attempt) {
        Lease lease = state.lease() instanceof Lease open && open.holds(attempt.nowMs()) ? open : null;
        boolean mine = lease != null && lease.reviewer().equals(attempt.reviewer());
        if (lease != null && !mine) {
            return new Ruling.Held(lease);
        }
        Slice slice = lease == null ? null : lease.slice();
        boolean second = slice == Slice.SECOND || isSecondOf(state, attempt.reviewer());
        Label there = second ? state.second() : state.first();
        if (attempt.version() != null && (there == null || there.version() != attempt.version())) {
            return new Ruling.Stale(there);
        }
        if (there == null) {
            return new Ruling.Write(second, 1, slice);
        }
        boolean theirs = there.reviewer().equals(attempt.reviewer());
        return theirs || attempt.version() != null
                ? new Ruling.Write(second, there.version() + 1, there.slice())
                : new Ruling.Taken(there);
    }

    private static boolean isSecondOf(State state, String reviewer) {
        return state.second() instanceof Label second
                && second.reviewer().equals(reviewer)
                && !(state.first() instanceof Label first && first.reviewer().equals(reviewer));
    }
}
