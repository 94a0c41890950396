package io.segue.policy;

/**
 * A policy that is tried on a share of an agent's calls.
 *
 * @param percent of the calls, 0 to 100, to a hundredth
 */
public record Canary(double percent, EscalationPolicy policy) {
    private static final int PARTS = 10_000;

    /** Which of an agent's policies a call has. */
    public enum Variant {
        CURRENT,
        CANARY
    }

    /** Whether a call is one of them: the same answer for the same call, on every gateway and at any time. */
    public boolean has(String callId) {
        return part(callId) < Math.round(percent / 100 * PARTS);
    }

    /** FNV-1a of 64 bits with the finaliser of SplitMix64, so that ids that differ little fall far from each other. */
    private static long part(String callId) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < callId.length(); i++) {
            hash = (hash ^ callId.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
        return Long.remainderUnsigned(hash ^ hash >>> 31, PARTS);
    }
}
