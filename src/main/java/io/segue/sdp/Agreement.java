package io.segue.sdp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What offer and answer agreed on for the one stream, RFC 3264. Addresses that were names are unresolved.
 *
 * @param remote where RTP goes
 * @param remoteRtcp where RTCP goes (RFC 3605, else the port above)
 * @param codec the one codec
 * @param sendPayloadType payload type that the peer expects, 0 to 127
 * @param receivePayloadType payload type that we said we expect, 0 to 127
 * @param sendEventType telephone-event payload type that the peer expects (RFC 4733), null for none
 * @param receiveEventType telephone-event payload type that we said we expect, null for none
 * @param packetMs packet time that the peer wants, 10 to 60
 * @param weSend whether the direction lets us send
 * @param weReceive whether the direction lets the peer send
 * @param security what the peer says of itself where the stream is a browser's, whose addresses mean nothing then; null where it is plain RTP
 */
public record Agreement(
        InetSocketAddress remote,
        InetSocketAddress remoteRtcp,
        Codec codec,
        int sendPayloadType,
        int receivePayloadType,
        @Nullable Integer sendEventType,
        @Nullable Integer receiveEventType,
        int packetMs,
        boolean weSend,
        boolean weReceive,
        @Nullable Security security) {

    /** Of plain RTP. */
    public Agreement(
            InetSocketAddress remote,
            InetSocketAddress remoteRtcp,
            Codec codec,
            int sendPayloadType,
            int receivePayloadType,
            @Nullable Integer sendEventType,
            @Nullable Integer receiveEventType,
            int packetMs,
            boolean weSend,
            boolean weReceive) {
        this(
                remote,
                remoteRtcp,
                codec,
                sendPayloadType,
                receivePayloadType,
                sendEventType,
                receiveEventType,
                packetMs,
                weSend,
                weReceive,
                null);
    }
}
