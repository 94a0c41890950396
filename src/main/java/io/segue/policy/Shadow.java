package io.segue.policy;

import io.segue.policy.Decision.HandOff;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a draft of a policy would have made of calls that are over, beside what the policy in use makes of them. Both are asked anew, turn
 * by turn, at each turn's own time, as far as the agent had the caller; so the two figures differ by the policies alone. Only turns are
 * judged: silences, digits and what the agent asked for are the same for both. Takes calls one after the other and keeps no more of them
 * than the differences; for one thread at a time.
 */
public final class Shadow {
    private final EscalationPolicy current;
    private final EscalationPolicy draft;
    private final int differencesMax;
    private final List<Difference> differences = new ArrayList<>();
    private int calls;
    private int turns;
    private int handoffs;
    private int draftHandoffs;
    private int differ;

    /** @param differencesMax so many differences are listed; all are counted */
    public Shadow(EscalationPolicy current, EscalationPolicy draft, int differencesMax) {
        this.current = current;
        this.draft = draft;
        this.differencesMax = differencesMax;
    }

    /**
     * A call that is over.
     *
     * @param answered when the stream began, from which turns count
     * @param turns in order
     * @param agentMs so long from the stream's start the agent had the caller; none: to the end
     */
    public record PastCall(
            String id,
            Instant answered,
            List<Turn> turns,
            @Nullable Long agentMs) {}

    /** The first turn of a call at which a policy hands off, and why. */
    public record Verdict(String turn, String reason, String detail, Whom whom) {}

    /** A call in which the two do not decide the same; none: the policy would have left it with the agent. */
    public record Difference(
            String call,
            @Nullable Verdict current,
            @Nullable Verdict draft) {}

    /**
     * What came of it.
     *
     * @param handoffs calls that the policy in use hands off
     * @param draftHandoffs calls that the draft would have handed off
     * @param differ calls in which they hand off at another turn, for another reason, to somebody else, or only one of them does
     */
    public record Report(
            int calls, int turns, int handoffs, int draftHandoffs, int differ, List<Difference> differences) {}

    public void see(PastCall call) {
        calls++;
        turns += call.turns().size();
        Verdict before = verdict(current, call);
        Verdict after = verdict(draft, call);
        handoffs += before == null ? 0 : 1;
        draftHandoffs += after == null ? 0 : 1;
        if (!sameDecision(before, after)) {
            differ++;
            if (differences.size() < differencesMax) {
                differences.add(new Difference(call.id(), before, after));
            }
        }
    }

    public Report report() {
        return new Report(calls, turns, handoffs, draftHandoffs, differ, List.copyOf(differences));
    }

    private static @Nullable Verdict verdict(EscalationPolicy policy, PastCall call) {
        History history = History.NONE;
        for (Turn turn : call.turns()) {
            Long agentMs = call.agentMs();
            if (turn.speaker() == Speaker.HUMAN || agentMs != null && turn.startMs() >= agentMs) {
                return null;
            }
            Escalation.Judged judged = Escalation.judge(
                    policy, history, new Signal.TurnSaid(turn), call.answered().plusMillis(Math.max(0, turn.endMs())));
            if (judged.decision() instanceof HandOff(var reason, var detail, var whom)) {
                return new Verdict(turn.id(), reason.wire(), detail, whom);
            }
            history = judged.history();
        }
        return null;
    }

    /** The detail may differ (another threshold, another rule) where the decision does not. */
    private static boolean sameDecision(@Nullable Verdict a, @Nullable Verdict b) {
        return a == null || b == null
                ? a == b
                : a.turn().equals(b.turn()) && a.reason().equals(b.reason()) && Objects.equals(a.whom(), b.whom());
    }
}
