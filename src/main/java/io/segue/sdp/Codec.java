package io.segue.sdp;

/** G.711, the two laws of it, with their static payload types (RFC 3551 6). */
public enum Codec {
    PCMU(0),
    PCMA(8);

    private final int payloadType;

    Codec(int payloadType) {
        this.payloadType = payloadType;
    }

    /** The static payload type. */
    public int payloadType() {
        return payloadType;
    }
}
