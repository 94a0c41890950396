package io.segue.recording;

/**
 * What recording may take.
 *
 * @param callsMax recordings at once, each an open file
 * @param callBytesMax the largest file; a call that is longer is recorded up to there
 * @param bytesMax all recordings of the directory together; past it none begins
 * @param placesMax places of 20 ms that wait for the writer, both channels of a call together; past it what comes is left out and stands as silence
 * @param holdBackMs how long audio may be late, or be taken out again, before it is written
 * @param abandonedMs a file that nobody has written to for so long, and that has not been ended, is ended
 */
public record Limits(int callsMax, long callBytesMax, long bytesMax, int placesMax, int holdBackMs, long abandonedMs) {
    public static Limits defaults() {
        return new Limits(500, 512L << 20, 100L << 30, 256, 1000, 120_000);
    }

    public Limits {
        if (callBytesMax > WavHeader.DATA_BYTES_MAX) {
            throw new IllegalArgumentException("a WAV file has less than 4 GiB: " + callBytesMax);
        }
    }
}
