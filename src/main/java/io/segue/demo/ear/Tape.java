package io.segue.demo.ear;

import java.nio.ByteBuffer;

/**
 * The packets that reached one socket, in order of arrival, in arrays made beforehand. One thread writes; others read what
 * {@link #size()} shows. When it is full, packets are counted and not kept.
 */
public final class Tape {
    /** A tape that only counts. */
    public static Tape counting() {
        return new Tape(0, 0);
    }

    /** A tape for so many seconds of 20 ms packets. */
    public static Tape ofSeconds(int seconds) {
        return new Tape(seconds * 50 + 50, 160);
    }

    private final long[] arrivals;
    private final int[] ssrcs;
    private final char[] sequences;
    private final int[] timestamps;
    private final byte[] types;
    private final boolean[] markers;
    private final int[] offsets;
    private final byte[] audio;
    private long missed;
    private volatile int size;
    private volatile long received;

    public Tape(int packetsMax, int bytesPerPacket) {
        arrivals = new long[packetsMax];
        ssrcs = new int[packetsMax];
        sequences = new char[packetsMax];
        timestamps = new int[packetsMax];
        types = new byte[packetsMax];
        markers = new boolean[packetsMax];
        offsets = new int[packetsMax + 1];
        audio = new byte[packetsMax * bytesPerPacket];
    }

    /** Takes an RTP packet (RFC 3550 5.1) as it came, from position to limit; what is no RTP is left out. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void rtp(long arrivalNanos, ByteBuffer packet) {
        int start = packet.position();
        int length = packet.remaining();
        if (length < 12 || (packet.get(start) & 0xC0) != 0x80 || isRtcp(packet.get(start + 1) & 0x7F)) {
            return;
        }
        int header = 12 + 4 * (packet.get(start) & 0x0F);
        if ((packet.get(start) & 0x10) != 0 && length >= header + 4) {
            header += 4 + 4 * packet.getChar(start + header + 2);
        }
        int second = packet.get(start + 1);
        int payload = Math.max(0, length - header);
        int at = size;
        received = received + 1;
        if (at == arrivals.length || offsets[at] + payload > audio.length) {
            missed++;
            return;
        }
        arrivals[at] = arrivalNanos;
        ssrcs[at] = packet.getInt(start + 8);
        sequences[at] = packet.getChar(start + 2);
        timestamps[at] = packet.getInt(start + 4);
        types[at] = (byte) (second & 0x7F);
        markers[at] = (second & 0x80) != 0;
        packet.get(start + header, audio, offsets[at], payload);
        offsets[at + 1] = offsets[at] + payload;
        size = at + 1;
    }

    /** RFC 5761 4: types 64 to 95 with the marker's bit are RTCP's. */
    private static boolean isRtcp(int type) {
        return type >= 64 && type <= 95;
    }

    /** Takes a frame of mu-law that came some other way, numbered by its sender. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void frame(long arrivalNanos, int number, int timestamp, byte[] mulaw) {
        int at = size;
        received = received + 1;
        if (at == arrivals.length || offsets[at] + mulaw.length > audio.length) {
            missed++;
            return;
        }
        arrivals[at] = arrivalNanos;
        sequences[at] = (char) number;
        timestamps[at] = timestamp;
        System.arraycopy(mulaw, 0, audio, offsets[at], mulaw.length);
        offsets[at + 1] = offsets[at] + mulaw.length;
        size = at + 1;
    }

    /** How many packets are kept and can be read. */
    public int size() {
        return size;
    }

    /** How many packets came, kept or not. */
    public long received() {
        return received;
    }

    /** Whether a packet came that found the tape full. A tape that only counts is never full. */
    public boolean full() {
        return arrivals.length > 0 && missed > 0;
    }

    /** When a packet came, by {@link System#nanoTime()}. */
    public long arrival(int packet) {
        return arrivals[packet];
    }

    public int ssrc(int packet) {
        return ssrcs[packet];
    }

    public int sequence(int packet) {
        return sequences[packet];
    }

    public int timestamp(int packet) {
        return timestamps[packet];
    }

    public int payloadType(int packet) {
        return types[packet];
    }

    public boolean marker(int packet) {
        return markers[packet];
    }

    /** The number of G.711 samples in a packet. */
    public int samples(int packet) {
        return offsets[packet + 1] - offsets[packet];
    }

    /** Whether it carries sound, PCMU or PCMA; telephone-event does not. */
    public boolean audible(int packet) {
        return types[packet] == 0 || types[packet] == 8;
    }

    /** The level of a packet's audio in dBm0. */
    public double level(int packet) {
        return Loudness.of(types[packet], audio, offsets[packet], samples(packet));
    }

    /** The level of one frequency in a packet in dBm0. */
    public double levelAt(int hertz, int packet) {
        return Loudness.at(hertz, types[packet], audio, offsets[packet], samples(packet));
    }

    /** The first packet that came at the moment or later; {@link #size()} when there is none yet. */
    public int firstSince(long nanos) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (arrivals[middle] - nanos < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
