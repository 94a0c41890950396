package io.segue.media;

/**
 * The media plane's limits.
 *
 * @param backlogMsMax agent audio that waits for one leg; beyond it the oldest is dropped
 * @param backlogPoolBytesMax agent audio that waits in all legs together
 * @param marksMax marks that wait in one leg; beyond it the oldest is echoed early
 * @param tapFramesMax frames of 20 ms that wait for one call's thread; beyond it the oldest is dropped
 * @param crossingPacketsMax packets that wait between one loop and another; beyond it the oldest is dropped
 * @param loopEventsMax events that wait between one loop and one call thread in places of their own; beyond it they wait in a list, but that a peer's digits are dropped
 * @param receiveBufferBytes SO_RCVBUF of each RTP socket
 * @param portRestMs how long a closed leg's port is not used again
 * @param rtpTimeoutMs how long a peer that may send may be mute before it counts as lost
 * @param rtcpIntervalMs mean interval between reports
 * @param digitsMax digits that wait to be sent to one leg
 * @param soundBytesMax the longest sound file
 */
public record Limits(
        int backlogMsMax,
        long backlogPoolBytesMax,
        int marksMax,
        int tapFramesMax,
        int crossingPacketsMax,
        int loopEventsMax,
        int receiveBufferBytes,
        int portRestMs,
        int rtpTimeoutMs,
        int rtcpIntervalMs,
        int digitsMax,
        int soundBytesMax) {
    public static Limits defaults() {
        return new Limits(60_000, 256L << 20, 4096, 64, 2048, 1024, 512 << 10, 5000, 30_000, 5000, 64, 8000 * 60 * 10);
    }
}
