package io.segue.webhook;

/** One push: its body stays the same over all tries, so the receiver can tell a repetition by its id. */
final class Push {
    final String id;
    final String type;
    final byte[] body;
    final long madeAtMs;
    int tries;

    Push(String id, String type, byte[] body, long madeAtMs) {
        this.id = id;
        this.type = type;
        this.body = body;
        this.madeAtMs = madeAtMs;
    }

    /** Whether an answer of the receiver may turn out otherwise later: too many requests, a timeout, or its own fault (RFC 9110 section 15). */
    static boolean worthAnotherTry(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    /**
     * How long to wait before the next try: twice as long each time, between half of that and all of it.
     *
     * @param tries those made so far, from 1
     * @param chance 0 to 1
     */
    static long backoffMs(Limits limits, int tries, double chance) {
        long full = Math.min(limits.backoffMaxMs(), limits.backoffFirstMs() << Math.min(tries - 1, 20));
        return full / 2 + (long) (chance * (full / 2.0));
    }
}
