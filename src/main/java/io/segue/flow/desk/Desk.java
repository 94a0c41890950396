package io.segue.flow.desk;

import io.segue.human.Presence;
import io.segue.human.PresenceState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Who is free, over all gateways: presence, places in the line and reservations. A human is never reserved twice. */
public interface Desk {
    /** Reserves the humans of a queue who have been idle longest, all or nothing per human, by one script. */
    CompletionStage<Outcome> reserve(Request request);

    /**
     * Reserves one human, available or away, for a holder of its own: true unless somebody else holds them. While Redis is away a gateway takes only those assigned to it.
     */
    CompletionStage<Boolean> take(String human, String holder, String call, long leaseMs);

    /** Says whether a human's leg stands by on this gateway: then only this gateway reserves them, and at once. */
    void keep(String human, boolean here);

    /** Gives a reservation back; nothing happens when another handoff holds the human. */
    void release(String human, String handoff, After after);

    /** What the reserved human is doing now ({@code RINGING}, {@code TALKING}); also keeps the reservation from expiring. */
    void state(String human, String handoff, PresenceState state);

    /** Keeps reservations from expiring; called while a human rings or talks, well within the lease. */
    void renew(String human, String handoff);

    /** What a human chose. */
    CompletionStage<Presence> choose(String human, boolean available);

    /**
     * Whether the leg of a human who stands by is up, or a phone of one who registers is there: one who is available is away while it is not; one who chose
     * to be away stays so.
     */
    void standbyLeg(String human, boolean up);

    CompletionStage<List<Presence>> presences();

    /** Calls back whenever somebody may have come free in a queue, on any thread. */
    Cancel whenFree(String queue, Runnable callback);

    /** Ends a subscription. */
    @FunctionalInterface
    interface Cancel {
        void cancel();
    }

    /**
     * What is asked for.
     *
     * @param handoff the handoff that reserves; the reservation is its alone
     * @param call the call it belongs to
     * @param skills each of them is needed
     * @param except humans that have been tried already
     * @param atMost how many at once: one, or all for a queue that rings all
     * @param leaseMs the reservation expires after so long without {@link #renew}
     * @param prewarm whether it is a pre-warm: then at most a fifth of a queue's free humans are held so at a time (but one is always allowed)
     */
    record Request(
            String handoff,
            String call,
            String queue,
            Set<String> skills,
            Set<String> except,
            int atMost,
            long leaseMs,
            boolean prewarm) {}

    /** What came of it. */
    sealed interface Outcome {
        /** Longest idle first, at least one. */
        record Reserved(List<String> humans) implements Outcome {}

        record NoneFree() implements Outcome {}
    }

    /** What becomes of a human afterwards. */
    enum After {
        /** Free again at their old place in the line: they were not asked, or were let go. */
        SAME_PLACE,
        /** Free again at the end of the line: they talked, or declined. */
        END_OF_LINE,
        /** Free again at the end of the line, with one more unanswered call; away at the second in a row. */
        UNANSWERED,
        /** Away: their leg was lost. */
        AWAY
    }
}
