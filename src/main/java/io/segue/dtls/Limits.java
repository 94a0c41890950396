package io.segue.dtls;

/**
 * What handshakes may take.
 *
 * @param handshakesMax under way at once; beyond it a ClientHello is dropped, and comes again
 * @param handshakeMs the longest that one may take
 * @param resendMs after which our last flight is sent again, the first time
 * @param datagramsMax that may wait for one handshake; beyond it they are dropped, and come again
 */
public record Limits(int handshakesMax, int handshakeMs, int resendMs, int datagramsMax) {
    public static Limits defaults() {
        return new Limits(64, 15_000, 300, 32);
    }
}
