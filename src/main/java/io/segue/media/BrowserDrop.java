package io.segue.media;

import java.util.Locale;

/** Why a datagram at the browsers' port, or one on its way out of it, came to nothing. */
public enum BrowserDrop {
    /** Neither STUN nor DTLS nor RTP (RFC 7983). */
    UNKNOWN_KIND,
    /** No STUN, in spite of its beginning. */
    CHECK_MALFORMED,
    /** A check for no leg that there is. */
    CHECK_STRANGER,
    /** A check without credentials, or with something in it that has to be understood and is not: answered 400 or 420. */
    CHECK_BAD,
    /** A check by somebody who does not know the password: answered 401. */
    CHECK_UNAUTHENTICATED,
    /** A check by a browser that wants to be controlled, as we do: answered 487. */
    CHECK_ROLE_CONFLICT,
    /** DTLS from an address that has passed no check. */
    DTLS_STRANGER,
    /** DTLS that was to begin with a ClientHello, and does not. */
    DTLS_NO_HELLO,
    /** DTLS before the SDP, beyond what may wait for it. */
    DTLS_EARLY,
    /** A ClientHello while as many handshakes are under way as may be. */
    DTLS_BUSY,
    /** DTLS faster than its handshake takes it. */
    DTLS_WAITING,
    /** DTLS of a leg that is lost already. */
    DTLS_OVER,
    /** RTP or RTCP from an address that has passed no check. */
    MEDIA_STRANGER,
    /** RTP or RTCP before the keys, beyond what may wait for them. */
    MEDIA_EARLY,
    /** No RTP or RTCP, in spite of its beginning. */
    MEDIA_MALFORMED,
    /** RTP or RTCP that has been before. */
    MEDIA_REPLAYED,
    /** RTP or RTCP that is not what the browser sent. */
    MEDIA_FORGED,
    /** RTP of ours with a sequence number that had been sent. */
    SENT_TWICE,
    /** What the network did not take. */
    UNSENT;

    /** As metrics have it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
