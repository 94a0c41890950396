package io.segue.store;

import io.segue.human.Presence;
import io.segue.human.PresenceState;
import org.jspecify.annotations.Nullable;

/**
 * A human at the desk, as Redis and the memory of each gateway have it.
 *
 * @param chosen what the human chose
 * @param sinceMs wall-clock milliseconds of the last change of state
 * @param placeUs the place in the line: smaller is longer idle; wall-clock microseconds
 * @param handoff who holds the human; empty: nobody
 * @param call the holder's call
 * @param node the gateway the holder is on
 * @param leaseMs how long the reservation lasts without word of the holder
 * @param unanswered calls in a row that rang in vain
 * @param warm whether it is held for a pre-warm
 * @param revision grows with each change, as Redis counts
 */
record Place(
        String human,
        Chosen chosen,
        PresenceState state,
        long sinceMs,
        long placeUs,
        String handoff,
        String call,
        String node,
        long leaseMs,
        int unanswered,
        boolean warm,
        long revision) {

    /** What the human chose, and what has come of it; as Redis has it the digits 0, 1 and 2. */
    enum Chosen {
        AWAY,
        AVAILABLE,
        /** Available, but the leg that stands by is lost. */
        LEG_LOST
    }

    /** A human nobody has heard of yet: away until they say otherwise. */
    static Place unknown(String human) {
        return new Place(human, Chosen.AWAY, PresenceState.AWAY, 0, 0, "", "", "", 0, 0, false, 0);
    }

    boolean held() {
        return !handoff.isEmpty();
    }

    boolean free() {
        return chosen == Chosen.AVAILABLE && !held();
    }

    Presence presence() {
        return new Presence(human, state, sinceMs, held() ? handoff : null, unanswered, chosen == Chosen.LEG_LOST);
    }

    /** As the script has it: fields between bars. */
    String write() {
        return String.join(
                "|",
                human,
                "" + chosen.ordinal(),
                state.name(),
                "" + sinceMs,
                "" + placeUs,
                handoff,
                call,
                node,
                "" + leaseMs,
                "" + unanswered,
                warm ? "1" : "0",
                "" + revision);
    }

    static @Nullable Place read(String text) {
        String[] f = text.split("\\|", -1);
        if (f.length != 12) {
            return null;
        }
        return new Place(
                f[0],
                Chosen.values()[Integer.parseInt(f[1])],
                PresenceState.valueOf(f[2]),
                Long.parseLong(f[3]),
                Long.parseLong(f[4]),
                f[5],
                f[6],
                f[7],
                Long.parseLong(f[8]),
                Integer.parseInt(f[9]),
                f[10].equals("1"),
                Long.parseLong(f[11]));
    }

    Place reservedBy(String newHandoff, String newCall, String newNode, long newLeaseMs, boolean newWarm, long nowMs) {
        return new Place(
                human,
                chosen,
                PresenceState.RESERVED,
                nowMs,
                placeUs,
                newHandoff,
                newCall,
                newNode,
                newLeaseMs,
                unanswered,
                newWarm,
                revision);
    }

    /** @param place the new place in the line, microseconds */
    Place freed(Chosen next, long place, int nowUnanswered, long nowMs) {
        PresenceState then = next == Chosen.AVAILABLE ? PresenceState.AVAILABLE : PresenceState.AWAY;
        return new Place(human, next, then, nowMs, place, "", "", "", 0, nowUnanswered, false, revision);
    }

    Place doing(PresenceState now, long nowMs) {
        boolean talks = now == PresenceState.TALKING;
        return new Place(
                human,
                chosen,
                now,
                nowMs,
                placeUs,
                handoff,
                call,
                node,
                leaseMs,
                talks ? 0 : unanswered,
                !talks && warm,
                revision);
    }

    /** The holder stays; only what comes after it changes. */
    Place choosing(Chosen next) {
        return new Place(
                human,
                next,
                state,
                sinceMs,
                placeUs,
                handoff,
                call,
                node,
                leaseMs,
                next == Chosen.AVAILABLE ? 0 : unanswered,
                warm,
                revision);
    }
}
