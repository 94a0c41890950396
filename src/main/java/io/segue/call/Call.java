package io.segue.call;

import io.segue.agent.Agent;
import io.segue.handoff.Handoff;
import io.segue.policy.Canary;
import io.segue.policy.EscalationPolicy;
import io.segue.policy.History;
import io.segue.turn.Turn;
import java.time.Instant;
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
 * @param began when it was, and which of the agent's policies it was given
 * @param stage who has the caller
 * @param link how the agent's socket stands
 * @param handoffs every handoff, in order; the last may be going on
 * @param turns what was said, in order
 * @param tally what is counted from one signal to the next
 * @param sounds who makes a sound now
 * @param absence what the agent has missed
 * @param held whether the agent waits for people to let it speak: when it is mute the caller hears the filler
 */
public record Call(
        CallId id,
        String from,
        String to,
        Agent agent,
        Began began,
        Stage stage,
        Link link,
        List<Handoff> handoffs,
        List<Turn> turns,
        Tally tally,
        Sounds sounds,
        Absence absence,
        boolean held) {
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

    /**
     * What is counted from one signal to the next.
     *
     * @param digits the latest digits that the caller pressed, newest last, at most 16
     * @param goodTurns confident turns in a row while a human is pre-warmed
     * @param calmUntil until then a turn alone is no reason: the last handoff has just failed
     * @param history what was said since the agent got the caller
     */
    public record Tally(String digits, int goodTurns, long calmUntil, History history) {
        private static final int DIGITS_MAX = 16;

        Tally pressed(char digit) {
            String all = digits + digit;
            return new Tally(all.substring(Math.max(0, all.length() - DIGITS_MAX)), goodTurns, calmUntil, history);
        }

        Tally goodTurns(int count) {
            return new Tally(digits, count, calmUntil, history);
        }

        Tally calmUntil(long time) {
            return new Tally(digits, goodTurns, time, history);
        }

        Tally history(History next) {
            return new Tally(digits, goodTurns, calmUntil, next);
        }
    }

    /**
     * How a call began.
     *
     * @param nanos {@code System.nanoTime()}
     * @param wall the same moment on the wall
     * @param variant which of the agent's policies it has from then on
     */
    public record Began(long nanos, Instant wall, Canary.Variant variant) {
        /** What the clock on the wall shows at a {@code System.nanoTime()}. */
        Instant wallAt(long now) {
            return wall.plusNanos(now - nanos);
        }
    }

    /** Whether the caller speaks, and whether the agent is being played. */
    public record Sounds(boolean caller, boolean agent) {}

    /**
     * What the agent has missed.
     *
     * @param reconnects tries to reach a dead agent so far
     * @param heard turns that had been said when the human took over
     * @param note what the human said to the agent when giving the caller back
     * @param over when the human gave the caller back, {@code System.nanoTime()}
     */
    public record Absence(
            int reconnects, int heard, @Nullable String note, long over) {
        Absence reconnects(int count) {
            return new Absence(count, heard, note, over);
        }

        Absence heard(int count) {
            return new Absence(reconnects, count, note, over);
        }

        Absence over(@Nullable String said, long now) {
            return new Absence(reconnects, heard, said, now);
        }
    }

    public static Call of(CallId id, String from, String to, Agent agent, long now, Instant wall) {
        return new Call(
                id,
                from,
                to,
                agent,
                new Began(now, wall, agent.variantOf(id.hex())),
                Stage.WITH_AGENT,
                Link.CONNECTING,
                List.of(),
                List.of(),
                new Tally("", 0, now, History.NONE),
                new Sounds(false, false),
                new Absence(0, 0, null, now),
                false);
    }

    /** The handoff that is going on: wanted, pre-warmed or connected. */
    public Optional<Handoff> handoff() {
        return handoffs.isEmpty() || handoffs.getLast().over() ? Optional.empty() : Optional.of(handoffs.getLast());
    }

    /** Whether a human is wanted now; a pre-warm is not yet that. */
    boolean wanted() {
        return handoff().filter(Handoff::requested).isPresent();
    }

    /** What a caller who is with the agent hears: with the filler when it is mute, while somebody is waited for. */
    CallEffect.Hearing withAgent() {
        return new CallEffect.Hearing.TheAgent(held || wanted());
    }

    /** Whether the caller is about to hear a human: anything else put before it would be what the caller goes on hearing. */
    boolean armed() {
        return handoff()
                .filter(h -> h.winner() != null && h.clock().t3() != null)
                .isPresent();
    }

    /** What was said since the human took over. */
    List<Turn> missed() {
        return turns.subList(Math.min(absence.heard(), turns.size()), turns.size());
    }

    /** The policy that it was given at its beginning. */
    public EscalationPolicy policy() {
        return agent.policy(began.variant());
    }

    Call in(Stage next) {
        return new Call(id, from, to, agent, began, next, link, handoffs, turns, tally, sounds, absence, held);
    }

    Call with(Link next) {
        return new Call(id, from, to, agent, began, stage, next, handoffs, turns, tally, sounds, absence, held);
    }

    Call with(Tally next) {
        return new Call(id, from, to, agent, began, stage, link, handoffs, turns, next, sounds, absence, held);
    }

    Call with(Sounds next) {
        return new Call(id, from, to, agent, began, stage, link, handoffs, turns, tally, next, absence, held);
    }

    Call with(Absence next) {
        return new Call(id, from, to, agent, began, stage, link, handoffs, turns, tally, sounds, next, held);
    }

    Call held(boolean next) {
        return new Call(id, from, to, agent, began, stage, link, handoffs, turns, tally, sounds, absence, next);
    }

    Call plus(Turn turn) {
        return turns.size() >= TURNS_MAX
                ? this
                : new Call(
                        id,
                        from,
                        to,
                        agent,
                        began,
                        stage,
                        link,
                        handoffs,
                        and(turns, turn),
                        tally,
                        sounds,
                        absence,
                        held);
    }

    Call plus(Handoff handoff) {
        return with(and(handoffs, handoff)).with(tally.goodTurns(0));
    }

    Call with(Handoff handoff) {
        return with(handoffs.stream()
                .map(h -> h.id().equals(handoff.id()) ? handoff : h)
                .toList());
    }

    private Call with(List<Handoff> next) {
        return new Call(id, from, to, agent, began, stage, link, next, turns, tally, sounds, absence, held);
    }

    private static <T> List<T> and(List<T> list, T last) {
        List<T> more = new ArrayList<>(list);
        more.add(last);
        return List.copyOf(more);
    }
}
