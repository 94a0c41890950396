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
    /** Longer than the limit. */
    TOO_LONG,
    /** A stream that does not say where its messages end. */
    UNFRAMED,
    /** A response that belongs to no request. */
    STRAY_RESPONSE,
    /** A connection beyond the limit. */
    CONNECTIONS_MAX,
    /** A connection whose peer does not read. */
    UNSENT_MAX,
    /** A message that could not be sent. */
    SEND_FAILED,
    /** A message whose handling failed: a bug of ours. */
    HANDLING_FAILED
}
