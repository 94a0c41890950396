package io.segue.human;

import java.util.List;

/**
 * Humans who serve the same kind of caller.
 *
 * @param ringSeconds how long one human's phone rings, 1 to 300
 * @param waitSeconds how long a caller waits for a human to come free before the overflow is tried, 0 to 3600
 * @param overflow what to try, in order, when nobody takes the call; in the end it is the agent
 */
public record Queue(String id, String name, int ringSeconds, Ring ring, int waitSeconds, List<Overflow> overflow) {

    /** Whom to ring at a time. */
    public enum Ring {
        ONE,
        ALL
    }

    /** Where a call goes when nobody of a queue takes it. */
    public sealed interface Overflow {
        record ToQueue(String queue) implements Overflow {}

        /** A SIP URI outside, for instance a contact centre. */
        record ToSip(String uri) implements Overflow {}

        /** Back to the agent. */
        record ToAgent() implements Overflow {}
    }

    /** What a queue that nobody has described is. */
    public static Queue named(String id) {
        return new Queue(id, id, 20, Ring.ONE, 0, List.of(new Overflow.ToAgent()));
    }
}
