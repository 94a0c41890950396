package io.segue.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what the gateway sends on one stream, in the stream's dialect. Sequence numbers count from 1, at {@code start}, over
 * every frame that carries one; chunks count from 1 over the media frames. Our own events ({@link SegueEvents}) use none up.
 * Not thread-safe.
 */
public abstract sealed class StreamWriter permits TwilioWriter, PlivoWriter {
    /** Bytes of 20 ms of mu-law. */
    public static final int ULAW_BYTES = 160;

    private long sequence;
    private long chunks;

    /**
     * Twilio Media Streams, bidirectional.
     *
     * @param accountSid {@code AC} and 32 hex digits
     * @param callId 32 hex digits; the callSid is {@code CA} and these
     * @param streamId 32 hex digits, new for each socket
     * @param parameters {@code customParameters}, in this order
     */
    public static StreamWriter twilio(
            String accountSid, String callId, String streamId, Map<String, String> parameters) {
        return new TwilioWriter(accountSid, "CA" + callId, "MZ" + streamId, parameters);
    }

    /**
     * Plivo Audio Streaming, bidirectional.
     *
     * @param accountId {@code MA…}
     * @param callId 32 hex digits, written as a uuid
     * @param streamId 32 hex digits, new for each socket, written as a uuid
     * @param parameters {@code extra_headers}, in this order; {@code ;}, {@code =} and {@code %} are percent-encoded
     */
    public static StreamWriter plivo(String accountId, String callId, String streamId, Map<String, String> parameters) {
        return new PlivoWriter(accountId, uuid(callId), uuid(streamId), parameters);
    }

    /** The frames before the first media frame, in order. Called once, first. */
    public abstract List<byte[]> opening();

    /**
     * Writes 20 ms of the caller into {@link #mediaBuffer}.
     *
     * @param ulaw 160 bytes from {@code offset}
     * @param timestampMs milliseconds from the stream's start
     * @return the frame's length
     */
    public abstract int media(byte[] ulaw, int offset, long timestampMs);

    /** Holds the frame that {@link #media} wrote last. */
    public abstract byte[] mediaBuffer();

    /** The caller pressed a digit. */
    public abstract byte[] digit(char digit, long timestampMs);

    /** A mark or checkpoint has been played, or was cleared. */
    public abstract byte[] markPlayed(String name);

    /** The playout queue has been emptied at the bot's wish; nothing in a dialect that does not tell this. */
    public abstract Optional<byte[]> cleared();

    /** The stream's last frame. */
    public abstract byte[] stop();

    final long nextSequence() {
        return ++sequence;
    }

    final long nextChunk() {
        return ++chunks;
    }

    static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String uuid(String hex) {
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20, 32);
    }
}
