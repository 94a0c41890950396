package io.segue.demo.ear;

/**
 * Whether a stream stayed one stream (RFC 3550 5.1 and the gateway's promise about its timeline): one SSRC, each sequence number one above
 * the last, timestamps that advance by the samples sent; where a marker says that the source changed, by a whole number
 * of packets that is within a packet of the time that passed.
 *
 * @param packets how many packets were judged
 * @param ssrcChanges packets whose SSRC is not the last one's
 * @param sequenceBreaks packets whose sequence number is not the last one's plus one
 * @param timestampBreaks packets whose timestamp the rule does not allow
 * @param typeBreaks packets of audio in another coding than the last audio
 * @param markers packets with the marker, beside the first packet and digits
 */
public record Timeline(
        int packets, int ssrcChanges, int sequenceBreaks, int timestampBreaks, int typeBreaks, int markers) {

    /** All departures from the rules. */
    public int breaks() {
        return ssrcChanges + sequenceBreaks + timestampBreaks + typeBreaks;
    }

    /** Judges the packets {@code from} (inclusive) to {@code to} (exclusive). */
    public static Timeline of(Tape tape, int from, int to) {
        int ssrcs = 0;
        int sequences = 0;
        int timestamps = 0;
        int types = 0;
        int markers = 0;
        int audible = -1;
        for (int i = from; i < to; i++) {
            boolean sound = tape.audible(i);
            if (i > from) {
                ssrcs += tape.ssrc(i) == tape.ssrc(i - 1) ? 0 : 1;
                sequences += ((tape.sequence(i) - tape.sequence(i - 1)) & 0xFFFF) == 1 ? 0 : 1;
            }
            if (sound && audible >= 0) {
                types += tape.payloadType(i) == tape.payloadType(audible) ? 0 : 1;
                markers += tape.marker(i) ? 1 : 0;
                timestamps += follows(tape, audible, i) ? 0 : 1;
            }
            audible = sound ? i : audible;
        }
        return new Timeline(Math.max(0, to - from), ssrcs, sequences, timestamps, types, markers);
    }

    private static boolean follows(Tape tape, int last, int next) {
        int advance = tape.timestamp(next) - tape.timestamp(last);
        int samples = tape.samples(last);
        int steps = (tape.sequence(next) - tape.sequence(last)) & 0xFFFF;
        boolean digitBetween = next - last > 1;
        if (!tape.marker(next) && !digitBetween) {
            if (advance == samples) {
                return true;
            }
            // Without a change of source only loss lets more time pass than one packet, and loss shows in the sequence
            // numbers.
            return steps > 1 && advance == steps * samples;
        }
        double elapsedSamples = (tape.arrival(next) - tape.arrival(last)) * 8e-6;
        boolean whole = samples > 0 && advance > 0 && advance % samples == 0;
        return (whole || digitBetween) && advance > 0 && Math.abs(advance - elapsedSamples) <= samples;
    }
}
