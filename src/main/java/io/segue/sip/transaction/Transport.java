package io.segue.sip.transaction;

/** What carries SIP messages, as it stands in a Via. */
public enum Transport {
    /** Each message in one datagram; the transaction layer repeats what is not answered. */
    UDP,
    /** Messages framed by Content-Length; nothing is repeated but 2xx and ACK, end to end. */
    TCP,
    /** Each message in one message of a WebSocket (RFC 7118), which only the peer can open. */
    WS,
    /** The same inside TLS; URIs say {@code transport=ws} of both. */
    WSS;

    public boolean isReliable() {
        return this != UDP;
    }

    /** Whether it is a WebSocket: a peer is reached down the one it opened, and in no other way. */
    public boolean isWebSocket() {
        return this == WS || this == WSS;
    }

    /** What a URI says that leads here, {@code ;transport=tcp}; nothing for UDP. */
    public String uriParameter() {
        return switch (this) {
            case UDP -> "";
            case TCP -> ";transport=tcp";
            case WS, WSS -> ";transport=ws";
        };
    }
}
