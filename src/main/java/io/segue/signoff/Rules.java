package io.segue.signoff;

import io.segue.agent.Agent;
import java.util.List;

/**
 * What holds for one agent.
 *
 * @param everyTurn whether each turn of the agent needs an approval before it is spoken ({@code mode: hitl})
 * @param boundaries what needs a sign-off
 * @param signoffMs how long an action waits for an answer
 * @param approvalMs how long a turn waits for an answer
 * @param onExpiry what becomes of a turn that nobody has answered
 * @param onViolation what is done when the agent goes past people, beside the alarm
 */
public record Rules(
        boolean everyTurn,
        List<Agent.Boundary> boundaries,
        long signoffMs,
        long approvalMs,
        Agent.OnExpiry onExpiry,
        Agent.OnViolation onViolation) {

    public static Rules of(Agent agent, long signoffMs) {
        return new Rules(
                agent.mode() == Agent.Mode.HITL,
                agent.boundaries(),
                signoffMs,
                agent.hitl().deadlineSeconds() * 1000L,
                agent.hitl().onExpiry(),
                agent.onViolation());
    }
}
