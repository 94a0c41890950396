package io.segue.net;

/** Why something that came, or was to go, went nowhere. */
public enum Drop {
    /** From an address that is neither trunk, human nor proxy. */
    STRANGER,
    /** Through one of our proxies, for an address that is neither trunk nor human. */
    STRANGER_BEHIND_PROXY,
    /** A REGISTER beyond what strangers may send. */
    REGISTER_RATE,
    /** No SIP, and nothing in it to answer. */
    UNREADABLE,
    /** Longer than the limit; down a WebSocket that is closed then. */
    TOO_LONG,
    /** A stream that does not say where its messages end. */
    UNFRAMED,
    /** A response that belongs to no request. */
    STRAY_RESPONSE,
    /** A connection beyond the limit. */
    CONNECTIONS_MAX,
    /** A WebSocket asked for by a page of another origin. */
    ORIGIN,
    /** A WebSocket that does not offer the sub-protocol sip. */
    SUBPROTOCOL,
    /** A WebSocket beyond the limit, of all or of one address. */
    WEBSOCKETS_MAX,
    /** A WebSocket down which nobody has registered. */
    UNREGISTERED,
    /** A connection whose peer does not read. */
    UNSENT_MAX,
    /** A message that could not be sent. */
    SEND_FAILED,
    /** A message whose handling failed: a bug of ours. */
    HANDLING_FAILED
}
