package io.segue.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The header of a WAV file of mu-law, 8 kHz, two channels: RIFF with the chunks {@code fmt } (WAVE_FORMAT_MULAW with cbSize 0), {@code fact} (samples of a channel, which formats
 * other than PCM need) and {@code data}. Numbers are little-endian (RFC 2361; Microsoft, Multimedia Data Standards Update 3.0).
 */
final class WavHeader {
    static final int BYTES = 58;
    static final int RATE = 8000;
    static final int CHANNELS = 2;
    /** The most that the sizes, unsigned numbers of 32 bits, can say. */
    static final long DATA_BYTES_MAX = 0xFFFF_FFFFL - BYTES;

    private static final int FORMAT_MULAW = 7;

    private WavHeader() {}

    /** Writes the header of a file with so much audio at the buffer's position. */
    static void write(ByteBuffer to, long dataBytes) {
        ByteOrder before = to.order();
        to.order(ByteOrder.LITTLE_ENDIAN);
        tag(to, "RIFF").putInt((int) (BYTES - 8 + dataBytes));
        tag(to, "WAVE");
        tag(to, "fmt ").putInt(18).putShort((short) FORMAT_MULAW).putShort((short) CHANNELS);
        to.putInt(RATE).putInt(RATE * CHANNELS).putShort((short) CHANNELS).putShort((short) 8);
        to.putShort((short) 0);
        tag(to, "fact").putInt(4).putInt((int) (dataBytes / CHANNELS));
        tag(to, "data").putInt((int) dataBytes);
        to.order(before);
    }

    private static ByteBuffer tag(ByteBuffer to, String tag) {
        return to.put(tag.getBytes(StandardCharsets.US_ASCII));
    }
}
