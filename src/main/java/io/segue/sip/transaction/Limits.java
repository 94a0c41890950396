package io.segue.sip.transaction;

/**
 * Timers and limits of the transactions of one endpoint.
 *
 * @param t1Ms estimate of the round trip, T1 of RFC 3261 17.1.1.1
 * @param t2Ms longest time between two repeats of a non-INVITE request or a final answer to an INVITE, T2
 * @param t4Ms how long a message stays in the network, T4
 * @param tryingMs an INVITE nobody has answered after so long gets 100, at most 200 by RFC 3261 17.2.1
 * @param proceedingMsMax how long an INVITE may ring, either way: past it ours times out and a peer's is answered 500
 * @param transactionsMax transactions at once: past it a request is answered 503, and ours fail
 * @param retryAfterSeconds what the 503 says
 * @param datagramRequestBytesMax a longer request goes by TCP, RFC 3261 18.1.1
 */
public record Limits(
        int t1Ms,
        int t2Ms,
        int t4Ms,
        int tryingMs,
        int proceedingMsMax,
        int transactionsMax,
        int retryAfterSeconds,
        int datagramRequestBytesMax) {

    public static Limits defaults() {
        return new Limits(500, 4000, 5000, 200, 300_000, 100_000, 5, 1300);
    }

    /** Timers B, F, H, J, L and M: 32 s by default. */
    long lifetimeMs() {
        return 64L * t1Ms;
    }

    /** Timer D: at least 32 s over UDP, as long as the peer's timer H may run. */
    long absorbMs(boolean reliable) {
        return reliable ? 0 : Math.max(32_000L, lifetimeMs());
    }
}
