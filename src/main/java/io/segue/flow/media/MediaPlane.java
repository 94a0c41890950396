package io.segue.flow.media;

import io.segue.flow.thread.CallThread;
import org.jspecify.annotations.Nullable;

/** The media plane as a call sees it: it opens legs. Safe from any thread. */
public interface MediaPlane {
    /**
     * Opens a leg's RTP and RTCP sockets on one of the media loops.
     *
     * @param thread where the leg's events and its tap's frames are delivered
     * @param listener told what happens on the leg
     * @param near a leg whose loop this one should share, for instance the caller's
     */
    Opening open(CallThread thread, LegListener listener, @Nullable MediaLeg near);

    /**
     * Opens a leg for a browser: ICE-lite, DTLS-SRTP, on the one UDP port that all browsers share. The leg says by {@link MediaLeg#security()} what our SDP has to.
     *
     * @param thread where the leg's events and its tap's frames are delivered
     * @param listener told what happens on the leg
     */
    Opening openSecure(CallThread thread, LegListener listener);

    /** What came of opening a leg. */
    sealed interface Opening {
        /** The leg is open and silent until {@link MediaLeg#hear} and {@link MediaLeg#negotiated}. */
        record Opened(MediaLeg leg) implements Opening {}

        /** Every port of {@code segue.media.ports} is in use or resting, or there are as many browsers as may be: the call is refused with 503. */
        record NoPort() implements Opening {}
    }
}
