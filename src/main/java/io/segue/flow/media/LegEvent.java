package io.segue.flow.media;

/** What the media plane tells a call about one leg. Times are {@code System.nanoTime()}. */
public sealed interface LegEvent {
    /** The peer's first RTP packet arrived. */
    record FirstPacket(long atNanos) implements LegEvent {}

    /**
     * The leg's peer now hears another source: the first packet of it has been sent.
     *
     * @param measure what the peer was sent since {@link MediaLeg#measureFrom}; zeros where nothing was being measured
     */
    record Switched(Source source, long atNanos, Measure measure) implements LegEvent {}

    /** A digit has been pressed, once per press. */
    record Digit(char digit) implements LegEvent {}

    /** Everything before the mark has been played, or the queue was cleared or dropped. */
    record MarkPlayed(String name) implements LegEvent {}

    /** What {@link Playout#awaitUtteranceEnd} asked for. */
    record UtteranceEnded(long atNanos) implements LegEvent {}

    /** The peer began to speak, or fell quiet: voice activity by level, with a hangover of 300 ms. */
    record Talking(boolean speaking, long atNanos) implements LegEvent {}

    /** The agent's audio began to be played to this leg, or ran out. */
    record Playing(boolean playing, long atNanos) implements LegEvent {}

    /** A {@link Source.Sound.Once} has been played to its end. */
    record SoundEnded(String id) implements LegEvent {}

    /** No RTP came from the peer for as long as {@code segue.media.rtp-timeout} while it may send. */
    record RtpLost(long atNanos) implements LegEvent {}

    /** RTP comes again after {@link RtpLost}. */
    record RtpBack(long atNanos) implements LegEvent {}

    /** A browser's leg is at its end: nothing comes or goes any more, unless a further SDP brings other keys. */
    record Gone(Why why, long atNanos) implements LegEvent {
        /** How it went. */
        public enum Why {
            /** The browser closed the connection (DTLS close_notify). */
            CLOSED,
            /** It does not check any more that it gets through (STUN), which is how it says that it still wants to be sent something (RFC 7675). */
            SILENT,
            /** No keys were agreed on: its certificate is not the one that its SDP names, or it speaks nothing that we do. */
            NO_KEYS
        }
    }

    /**
     * What a leg's peer was sent between T0 and T4.
     *
     * @param gapNanos the longest time between two RTP packets
     * @param deadAirNanos the longest stretch below -50 dBm0
     * @param sequenceBreaks departures of the sequence number from +1
     * @param timestampBreaks departures of the timestamp from the timeline's rules
     */
    record Measure(long gapNanos, long deadAirNanos, int sequenceBreaks, int timestampBreaks) {
        public static final Measure NONE = new Measure(0, 0, 0, 0);
    }
}
