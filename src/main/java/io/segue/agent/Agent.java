package io.segue.agent;

import io.segue.policy.Canary;
import io.segue.policy.EscalationPolicy;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An AI agent as the registry knows it.
 *
 * @param id 1 to 64 of {@code A-Za-z0-9._-}
 * @param owner the person or team that answers for it; none means no agent
 * @param url where its socket listens, {@code wss}; {@code ws} only to loopback or with {@code allowInsecure}
 * @param numbers called numbers that reach it; {@code *} at the end matches any rest, the longest match wins
 * @param queue who takes over, unless the agent names another queue
 * @param events whether it is sent our own events from the start
 * @param canary a policy that is tried on some of its calls
 * @param filler {@code tone}, {@code ringback} or {@code file:<id>}
 * @param hitl how proposed turns are held
 * @param onViolation what is done, beside the alarm, when it acts or speaks without the leave it needs
 * @param recording whether its calls are recorded; who may record whom, and what the caller has to be told, is the business's affair
 * @param version counts the changes of this entry from 1; 0: not known
 */
public record Agent(
        String id,
        String name,
        String owner,
        URI url,
        Dialect dialect,
        List<NumberPattern> numbers,
        Mode mode,
        @Nullable String queue,
        Auth auth,
        String filler,
        AfterHandoff afterHandoff,
        boolean events,
        boolean allowInsecure,
        EscalationPolicy policy,
        @Nullable Canary canary,
        List<Boundary> boundaries,
        Hitl hitl,
        OnViolation onViolation,
        boolean recording,
        long version) {

    /** Which of its policies a call has; decided by the call's id alone, so once and for all. */
    public Canary.Variant variantOf(String callId) {
        return canary != null && canary.has(callId) ? Canary.Variant.CANARY : Canary.Variant.CURRENT;
    }

    public EscalationPolicy policy(Canary.Variant variant) {
        return variant == Canary.Variant.CANARY && canary != null ? canary.policy() : policy;
    }

    /** Whether people watch (on the loop) or decide (in the loop). */
    public enum Mode {
        HOTL,
        HITL
    }

    /** What becomes of the agent once a human has the caller. */
    public enum AfterHandoff {
        STOP,
        LISTEN
    }

    /** How the socket's handshake is authenticated; the secret is never shown again. */
    public record Auth(Type type, @Nullable String secret) {
        /** The ways an agent can be sure that it is us. */
        public enum Type {
            NONE,
            BEARER,
            TWILIO,
            PLIVO
        }

        @Override
        public String toString() {
            return "Auth[" + type + "]";
        }
    }

    /**
     * An action that never closes without a person.
     *
     * @param action the action's type; {@code *} at the end matches any rest
     * @param above the amount from which it holds; none: any
     */
    public record Boundary(
            String action, @Nullable Double above, @Nullable String currency) {}

    /**
     * How a proposed turn is held.
     *
     * @param deadlineSeconds how long it waits for an answer
     */
    public record Hitl(int deadlineSeconds, OnExpiry onExpiry) {
        public static Hitl defaults() {
            return new Hitl(20, OnExpiry.HANDOFF);
        }
    }

    /** What becomes of a proposed turn that nobody has answered. */
    public enum OnExpiry {
        /** It is not spoken, and a human takes the call. */
        HANDOFF,
        APPROVE,
        REJECT
    }

    /** What is done when an agent goes past people. */
    public enum OnViolation {
        ALARM,
        HANDOFF
    }
}
