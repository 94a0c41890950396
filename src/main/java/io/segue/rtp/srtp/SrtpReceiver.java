package io.segue.rtp.srtp;

/** Checks and decrypts what a peer sends, whatever SSRCs it uses. Not safe from more than one thread. */
public final class SrtpReceiver {
    /** No RTP or RTCP. */
    public static final int MALFORMED = -1;
    /** It has been before, or is too old to tell. */
    public static final int REPLAYED = -2;
    /** It is not what the peer sent. */
    public static final int FORGED = -3;

    /** Streams of which is known what has been; the one that was heard longest ago gives way to another. */
    public static final int STREAMS_MAX = 4;

    private final Transform transform;
    private final Stream[] rtp = new Stream[STREAMS_MAX];
    private final Stream[] rtcp = new Stream[STREAMS_MAX];
    private Stream fresh = new Stream();
    private long heard;

    private static final class Stream {
        private int ssrc;
        private long lastHeard;
        private ReplayWindow window = new ReplayWindow();
    }

    SrtpReceiver(Transform transform) {
        this.transform = transform;
    }

    /**
     * Decrypts a packet of SRTP in place.
     *
     * @param packet from its start
     * @return its length now, or {@link #MALFORMED}, {@link #REPLAYED} or {@link #FORGED}
     */
    public int unprotect(byte[] packet, int length) {
        int header = Octets.rtpHeader(packet, length - transform.tagBytes());
        if (header < 0) {
            return MALFORMED;
        }
        int ssrc = Octets.word(packet, 8);
        Stream stream = find(rtp, ssrc);
        long index = stream.window.index(Octets.half(packet, 2));
        if (stream.window.has(index)) {
            return REPLAYED;
        }
        int left = transform.unprotect(packet, header, length, index);
        return left < 0 ? FORGED : taken(rtp, stream, ssrc, index, left);
    }

    /** Decrypts a compound of SRTCP in place; the same results. */
    public int unprotectControl(byte[] packet, int length) {
        if (length < Octets.RTCP_HEADER_BYTES + transform.controlTrailerBytes() || (packet[0] & 0xC0) != 0x80) {
            return MALFORMED;
        }
        int word = Octets.word(packet, transform.controlWordAt(length));
        long index = word & ~Transform.ENCRYPTED;
        int ssrc = Octets.word(packet, 4);
        Stream stream = find(rtcp, ssrc);
        if (stream.window.has(index)) {
            return REPLAYED;
        }
        int left = transform.unprotectControl(packet, length, word);
        return left < 0 ? FORGED : taken(rtcp, stream, ssrc, index, left);
    }

    /** The stream of that SSRC, or the one that becomes it once a packet has been found to be the peer's. */
    private Stream find(Stream[] streams, int ssrc) {
        for (Stream stream : streams) {
            if (stream != null && stream.ssrc == ssrc) {
                return stream;
            }
        }
        return fresh;
    }

    private int taken(Stream[] streams, Stream stream, int ssrc, long index, int length) {
        if (stream == fresh) {
            stream.ssrc = ssrc;
            streams[place(streams)] = stream;
            fresh = new Stream();
        }
        stream.window.add(index);
        stream.lastHeard = ++heard;
        return length;
    }

    private static int place(Stream[] streams) {
        int oldest = 0;
        for (int i = 0; i < streams.length; i++) {
            if (streams[i] == null) {
                return i;
            }
            if (streams[i].lastHeard < streams[oldest].lastHeard) {
                oldest = i;
            }
        }
        return oldest;
    }
}
