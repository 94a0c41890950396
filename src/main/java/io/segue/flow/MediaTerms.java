package io.segue.flow;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What one leg's offer and answer agreed on (RFC 3264).
 *
 * @param remote where to send RTP until the peer's own packets say otherwise
 * @param remoteRtcp where to send RTCP
 * @param codec the one codec of the leg
 * @param sendPayloadType payload type that the peer expects, 0 to 127
 * @param receivePayloadType payload type that the peer sends, 0 to 127
 * @param sendEventType telephone-event payload type that the peer expects, none without RFC 4733
 * @param receiveEventType telephone-event payload type that the peer sends
 * @param packetMs packet time in milliseconds, 10 to 60
 * @param weSend whether the direction lets us send (false: the peer's {@code sendonly} or {@code inactive})
 * @param weReceive whether the direction lets the peer send
 */
public record MediaTerms(
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

    /** G.711, the two laws of it. */
    public enum Codec {
        PCMU,
        PCMA
    }
}
