package io.segue.rtp.srtp;

/** The protection profiles that we speak, the preferred one first (RFC 5764 4.1.2, RFC 7714 14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(7, 16, 12, 16),
    AES_CM_128_HMAC_SHA1_80(1, 16, 14, 10);

    private final int id;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** Its number in {@code use_srtp}. */
    public int id() {
        return id;
    }

    /** Of a master key. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Of a master salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** How much longer a packet of SRTP is than one of RTP. */
    public int tagBytes() {
        return tagBytes;
    }

    /** Octets of keying material for both directions. */
    public int materialBytes() {
        return 2 * (keyBytes + saltBytes);
    }
}
