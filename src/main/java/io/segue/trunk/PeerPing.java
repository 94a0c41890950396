package io.segue.trunk;

/**
 * Whether a peer answers our OPTIONS (RFC 3261 11): down after so many unanswered in a row, up at the first answer. Any answer
 * counts, also a refusal. A value: each step gives the next one.
 *
 * @param rules when to ask and when to give up
 * @param unanswered in a row
 * @param waiting whether one is on its way
 * @param nextAt when the next one is due, in milliseconds of the caller's clock; while one is on its way, when it counts as unanswered
 */
public record PeerPing(Rules rules, int unanswered, boolean waiting, long nextAt) {
    /**
     * When to ask and when to give up.
     *
     * @param everyMs from one OPTIONS to the next while the peer is up
     * @param downEveryMs while it is down
     * @param timeoutMs an OPTIONS without an answer for so long is unanswered
     * @param unansweredMax so many unanswered in a row and it is down; at least 1
     */
    public record Rules(int everyMs, int downEveryMs, int timeoutMs, int unansweredMax) {
        public static Rules defaults() {
            return new Rules(30_000, 10_000, 5_000, 3);
        }
    }

    /** A peer that is taken to be up until it has shown otherwise; it is asked at once. */
    public static PeerPing begin(Rules rules, long now) {
        return new PeerPing(rules, 0, false, now);
    }

    public boolean up() {
        return unanswered < rules.unansweredMax();
    }

    /** Whether an OPTIONS is to be sent now; then {@link #asked} follows. */
    public boolean due(long now) {
        return !waiting && now >= nextAt;
    }

    public PeerPing asked(long now) {
        return new PeerPing(rules, unanswered, true, now + rules.timeoutMs());
    }

    /** Whether the one on its way has waited for its answer for too long; then {@link #unanswered} follows. */
    public boolean overdue(long now) {
        return waiting && now >= nextAt;
    }

    /** Any final answer came, be it late. */
    public PeerPing answered(long now) {
        return new PeerPing(rules, 0, false, now + rules.everyMs());
    }

    /** None came in time, or the OPTIONS could not be sent. */
    public PeerPing unanswered(long now) {
        int more = Math.min(unanswered + 1, rules.unansweredMax());
        int pause = more < rules.unansweredMax() ? rules.everyMs() : rules.downEveryMs();
        return new PeerPing(rules, more, false, now + pause);
    }
}
