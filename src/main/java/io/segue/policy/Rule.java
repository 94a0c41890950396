package io.segue.policy;

import io.segue.handoff.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy: of those that are enabled the first whose condition holds decides, before the policy's simple fields.
 *
 * @param id 1 to 64 of {@code A-Za-z0-9._-}, unique within the policy
 * @param when what has to hold of the turn that was just said
 * @param enabled whether it is heeded
 */
public record Rule(String id, Condition when, Then then, boolean enabled) {
    /** What a rule may name as the reason of a handoff. */
    public static final List<Reason> REASONS = List.of(
            Reason.POLICY_RULE, Reason.LOW_CONFIDENCE, Reason.NEGATIVE_SENTIMENT, Reason.PHRASE, Reason.CALLER_REQUEST);

    /**
     * What comes of it.
     *
     * @param reason what the handoff is told to be for; {@link Reason#POLICY_RULE} unless said otherwise
     */
    public record Then(Outcome outcome, @Nullable Reason reason, Whom whom) {}

    /** What a rule can decide. */
    public enum Outcome {
        HANDOFF,
        PREWARM,
        /** The agent goes on, whatever the later rules and the simple fields would have said. */
        CARRY
    }
}
