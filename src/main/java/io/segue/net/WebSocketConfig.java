package io.segue.net;

import io.segue.sip.transaction.SentBy;

/**
 * SIP over WebSocket (RFC 7118), which comes by way of an HTTP server. How long a message may be stands in {@link Limits}.
 *
 * @param reachedAt what browsers are told we are called: in our Via and Contact
 * @param socketsMax WebSockets at once; past it 503
 * @param socketsPerAddressMax of them from one address, which may be that of a whole office; past it 503
 * @param pingMs so often a peer is asked by a WebSocket ping whether it is there
 * @param silentMs one of which nothing came for so long, not even the answer to a ping, is gone
 * @param unregisteredMs a socket down which nobody is registered for so long is closed
 */
public record WebSocketConfig(
        SentBy reachedAt, int socketsMax, int socketsPerAddressMax, int pingMs, int silentMs, int unregisteredMs) {

    public static WebSocketConfig defaults() {
        return new WebSocketConfig(new SentBy("localhost", 8080), 2_000, 500, 20_000, 60_000, 30_000);
    }
}
