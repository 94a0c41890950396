package io.segue.rtp.srtp;

import io.segue.sdp.Fingerprint;
import java.util.Optional;

/** How we and a peer come to keys, over the path that the media will take: DTLS-SRTP (RFC 5764), in which the peer begins. Safe from any thread. */
public interface KeyAgreement {
    /** Of the certificate that we show, for our SDP. */
    Fingerprint fingerprint();

    /**
     * Awaits the peer's first word.
     *
     * @param certificate what the peer's SDP says of its certificate
     * @return none where as many agreements are under way as may be: the peer will say its word again
     */
    Optional<Exchange> begin(Fingerprint certificate, Peer peer);

    /** One peer's side, as its media leg sees it. The exchange calls it from threads of its own. */
    interface Peer {
        /** Sends a datagram to the peer; the array is the caller's again afterwards. */
        void send(byte[] octets, int offset, int length);

        /** There are keys. At most once. */
        void agreed(SrtpKeys keys);

        /** There will be none. At most once, and not after {@link #agreed}. */
        void failed(Failure why, String evidence);

        /** The peer has closed the connection (close_notify), after {@link #agreed}. */
        void closed();
    }

    /** Why there are no keys. */
    enum Failure {
        /** The peer's certificate is not the one that its SDP names. */
        CERTIFICATE,
        /** The peer speaks no profile, version or cipher suite of ours, or something that is wrong. */
        PROTOCOL,
        /** The peer did not go on. */
        TIMEOUT
    }

    /** An agreement under way, or done: it stays for what the peer repeats, and for its end. */
    interface Exchange {
        /**
         * A datagram has come from the peer; the array is the exchange's from now on.
         *
         * @return false where so many wait already that this one is dropped
         */
        boolean received(byte[] datagram);

        /** Ends it, and tells the peer. */
        void close();
    }
}
