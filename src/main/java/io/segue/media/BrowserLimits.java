package io.segue.media;

/**
 * What browsers may take.
 *
 * @param legsMax browsers' legs open at once; beyond it there is no port for one more
 * @param addressesPerLegMax addresses from which a leg's browser has shown that it gets through; beyond it the oldest that is not in use gives way
 * @param handshakesPerLegMax DTLS handshakes that a leg's browser may begin and not finish; then the leg is lost
 * @param earlyDatagramsMax of DTLS, that wait for the SDP which says whose they have to be; beyond it they are dropped, and come again
 * @param earlyPacketsMax of SRTP, that wait for the keys; beyond it they are dropped
 * @param silenceMs a browser that has not checked for so long that it gets through is gone
 * @param readsMax datagrams that are read before the loop turns to something else
 * @param receiveBufferBytes SO_RCVBUF of the one socket
 */
public record BrowserLimits(
        int legsMax,
        int addressesPerLegMax,
        int handshakesPerLegMax,
        int earlyDatagramsMax,
        int earlyPacketsMax,
        int silenceMs,
        int readsMax,
        int receiveBufferBytes) {
    public static BrowserLimits defaults() {
        return new BrowserLimits(1000, 8, 3, 16, 32, 30_000, 64, 4 << 20);
    }
}
