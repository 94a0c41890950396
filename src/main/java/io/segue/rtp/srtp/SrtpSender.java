package io.segue.rtp.srtp;

/** Protects what one SSRC sends. Not safe from more than one thread. */
public final class SrtpSender {
    /** What an array must have room for behind a packet. */
    public static final int TRAILER_BYTES_MAX = 20;

    /** Nothing may be sent: no RTP, or a sequence number that has been sent, which would show the plain text of both (RFC 7714 5.2). */
    public static final int REFUSED = -1;

    private final Transform transform;
    private final ReplayWindow sent = new ReplayWindow();
    private int controlIndex;

    SrtpSender(Transform transform) {
        this.transform = transform;
    }

    /**
     * Protects a packet of RTP in place.
     *
     * @param packet from its start
     * @return its length now, or {@link #REFUSED}
     */
    public int protect(byte[] packet, int length) {
        int header = Octets.rtpHeader(packet, length);
        if (header < 0) {
            return REFUSED;
        }
        long index = sent.index(Octets.half(packet, 2));
        if (sent.has(index)) {
            return REFUSED;
        }
        sent.add(index);
        return transform.protect(packet, header, length, index);
    }

    /** Protects a compound of RTCP in place; its length now, or {@link #REFUSED}. */
    public int protectControl(byte[] packet, int length) {
        // After 2^31 of them the key is used up (RFC 3711 9.2); at one a second that is 68 years.
        if (length < Octets.RTCP_HEADER_BYTES || controlIndex < 0) {
            return REFUSED;
        }
        return transform.protectControl(packet, length, controlIndex++);
    }
}
