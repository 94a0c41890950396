package io.segue.call;

import io.segue.agent.Agent;
import io.segue.handoff.Handoff;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call, from its answer to its end.
 *
 * @param from the caller's number, as the carrier gave it
 * @param to the called number
 * @param agent the agent's entry as it was when the call came
 * @param stage who has the caller
 * @param link how the agent's socket stands
 * @param reconnects tries to reach a dead agent so far
 * @param handoffs every handoff, in order; the last may be going on
 * @param turns what was said, in order
 * @param digits the latest digits that the caller pressed, newest last, at most 16
 * @param goodTurns confident turns in a row while a human is pre-warmed
 * @param calmUntil until then a turn alone is no reason: the last handoff has just failed
 * @param callerTalking whether the caller speaks
 * @param agentPlaying whether the agent is being played
 * @param heard turns that had been said when the human took over
 * @param note what the human said to the agent when giving the caller back
 */
public record Call(
        CallId id,
        String from,
        String to,
        Agent agent,
        Stage stage,
        Link link,
        int reconnects,
        List<Handoff> handoffs,
        List<Turn> turns,
        String digits,
        int goodTurns,
        long calmUntil,
        boolean callerTalking,
        boolean agentPlaying,
        int heard,
        @Nullable String note) {
    /** More turns than this are not kept; a call has some ten a minute. */
    public static final int TURNS_MAX = 2_000;

    /** Who has the caller. */
    public enum Stage {
        /** The agent. */
        WITH_AGENT,
        /** Nobody: the agent is dead, a human or the agent is being fetched. */
        WAITING,
        /** A human. */
        WITH_HUMAN,
        /** Nobody any more: what is queued is played, then we hang up. */
        ENDING,
        /** It is over. */
        ENDED
    }

    /** How the agent's socket stands. */
    public enum Link {
        CONNECTING,
        LIVE,
        DEAD,
        /** It was let go on purpose. */
        CLOSED
    }

    public static Call of(CallId id, String from, String to, Agent agent, long now) {
        return new Call(
                id,
                from,
                to,
                agent,
                Stage.WITH_AGENT,
                Link.CONNECTING,
                0,
                List.of(),
                List.of(),
                "",
                0,
                now,
                false,
                false,
                0,
                null);
    }

    /** The handoff that is going on: wanted, pre-warmed or connected. */
    public Optional<Handoff> handoff() {
        return handoffs.isEmpty() || handoffs.getLast().over() ? Optional.empty() : Optional.of(handoffs.getLast());
    }

    Call in(Stage next) {
        return copy(next, link, reconnects, handoffs, turns, digits, goodTurns, calmUntil, heard);
    }

    Call with(Link next) {
        return copy(stage, next, reconnects, handoffs, turns, digits, goodTurns, calmUntil, heard);
    }

    Call reconnects(int count) {
        return copy(stage, link, count, handoffs, turns, digits, goodTurns, calmUntil, heard);
    }

    Call calmUntil(long time) {
        return copy(stage, link, reconnects, handoffs, turns, digits, goodTurns, time, heard);
    }

    Call heardAll() {
        return copy(stage, link, reconnects, handoffs, turns, digits, goodTurns, calmUntil, turns.size());
    }

    Call goodTurns(int count) {
        return copy(stage, link, reconnects, handoffs, turns, digits, count, calmUntil, heard);
    }

    Call pressed(char digit) {
        String all = digits + digit;
        String latest = all.length() > 16 ? all.substring(all.length() - 16) : all;
        return copy(stage, link, reconnects, handoffs, turns, latest, goodTurns, calmUntil, heard);
    }

    Call plus(Turn turn) {
        if (turns.size() >= TURNS_MAX) {
            return this;
        }
        List<Turn> more = new ArrayList<>(turns);
        more.add(turn);
        return copy(stage, link, reconnects, handoffs, List.copyOf(more), digits, goodTurns, calmUntil, heard);
    }

    Call plus(Handoff handoff) {
        List<Handoff> more = new ArrayList<>(handoffs);
        more.add(handoff);
        return copy(stage, link, reconnects, List.copyOf(more), turns, digits, 0, calmUntil, heard);
    }

    Call with(Handoff handoff) {
        List<Handoff> changed = handoffs.stream()
                .map(h -> h.id().equals(handoff.id()) ? handoff : h)
                .toList();
        return copy(stage, link, reconnects, changed, turns, digits, goodTurns, calmUntil, heard);
    }

    Call sounds(boolean caller, boolean agentToo) {
        return new Call(
                id,
                from,
                to,
                agent,
                stage,
                link,
                reconnects,
                handoffs,
                turns,
                digits,
                goodTurns,
                calmUntil,
                caller,
                agentToo,
                heard,
                note);
    }

    Call note(@Nullable String said) {
        return new Call(
                id,
                from,
                to,
                agent,
                stage,
                link,
                reconnects,
                handoffs,
                turns,
                digits,
                goodTurns,
                calmUntil,
                callerTalking,
                agentPlaying,
                heard,
                said);
    }

    private Call copy(
            Stage nextStage,
            Link nextLink,
            int nextReconnects,
            List<Handoff> nextHandoffs,
            List<Turn> nextTurns,
            String nextDigits,
            int nextGoodTurns,
            long nextCalmUntil,
            int nextHeard) {
        return new Call(
                id,
                from,
                to,
                agent,
                nextStage,
                nextLink,
                nextReconnects,
                nextHandoffs,
                nextTurns,
                nextDigits,
                nextGoodTurns,
                nextCalmUntil,
                callerTalking,
                agentPlaying,
                nextHeard,
                note);
    }
}
