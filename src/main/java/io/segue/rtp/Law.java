package io.segue.rtp;

/** The two companding laws of ITU-T G.711. */
public enum Law {
    /** mu-law, static payload type 0 (RFC 3551, 6). */
    ULAW((byte) 0xFF, 0),
    /** A-law, static payload type 8. */
    ALAW((byte) 0xD5, 8);

    private final byte silence;
    private final int payloadType;

    Law(byte silence, int payloadType) {
        this.silence = silence;
        this.payloadType = payloadType;
    }

    /** The octet of a zero sample. */
    public byte silence() {
        return silence;
    }

    /** The static payload type. */
    public int payloadType() {
        return payloadType;
    }
}
