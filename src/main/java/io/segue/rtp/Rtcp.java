package io.segue.rtp;

import java.util.List;

/** The parts of an RTCP compound packet that a leg acts on (RFC 3550, 6), with the RFC's names. */
public sealed interface Rtcp {
    /**
     * 6.4.1.
     *
     * @param ntp 64-bit NTP timestamp
     */
    record SenderReport(
            int ssrc, long ntp, int rtpTimestamp, long packetCount, long octetCount, List<ReportBlock> blocks)
            implements Rtcp {}

    /** 6.4.2. */
    record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements Rtcp {}

    /** 6.6, with the first of its SSRCs. */
    record Bye(int ssrc) implements Rtcp {}

    /** SDES, APP, feedback and what is not known: passed over. */
    record Other(int packetType) implements Rtcp {}

    /**
     * 6.4.1.
     *
     * @param fractionLost in 256ths
     * @param cumulativeLost 24 bits, with sign
     * @param lastSr middle 32 bits of the NTP timestamp of the last SR, 0 for none
     * @param delaySinceLastSr in 1/65536 s
     */
    record ReportBlock(
            int ssrc,
            int fractionLost,
            int cumulativeLost,
            int extendedHighest,
            int jitter,
            int lastSr,
            int delaySinceLastSr) {
        /** The round trip in milliseconds at the arrival of this block, negative where it cannot be told. */
        public double roundTripMs(int arrivalNtpMiddle) {
            int roundTrip = arrivalNtpMiddle - lastSr - delaySinceLastSr;
            return lastSr == 0 || roundTrip < 0 ? -1 : roundTrip * 1000.0 / 65536;
        }
    }
}
