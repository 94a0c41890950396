package io.segue.sip.dialog;

/**
 * Times and limits of a leg.
 *
 * @param t1Ms RFC 3261 T1: first interval of a 2xx that is repeated until its ACK
 * @param t2Ms RFC 3261 T2: longest interval of that; given up after 64 T1
 * @param progressRepeatMs how often 18x is said again so that no proxy gives up (RFC 3261 13.3.1.1)
 * @param forksMax early dialogs remembered of one INVITE, and losers among its 2xx; of those past it, an answer is still acknowledged and ended
 */
public record Limits(long t1Ms, long t2Ms, long progressRepeatMs, int forksMax) {

    public static Limits defaults() {
        return new Limits(500, 4_000, 60_000, 16);
    }

    long ackWaitMs() {
        return 64 * t1Ms;
    }
}
