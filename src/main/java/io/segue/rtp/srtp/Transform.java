package io.segue.rtp.srtp;

/** One direction's session keys at work. In place; not safe from more than one thread. */
abstract sealed class Transform permits GcmTransform, CmTransform {
    /** The packet is not what the peer sent, or not the peer's. */
    static final int FORGED = -1;

    /** Says of SRTCP that it is encrypted; the index stands below (RFC 3711 3.4). */
    static final int ENCRYPTED = 0x8000_0000;

    static Transform of(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        Derivation keys = new Derivation(masterKey, masterSalt);
        return switch (profile) {
            case AEAD_AES_128_GCM -> new GcmTransform(keys, profile);
            case AES_CM_128_HMAC_SHA1_80 -> new CmTransform(keys, profile);
        };
    }

    /** Octets that a packet of RTP gets longer by. */
    abstract int tagBytes();

    /** Octets that a compound of RTCP gets longer by. */
    final int controlTrailerBytes() {
        return tagBytes() + 4;
    }

    /**
     * Encrypts RTP.
     *
     * @param header octets that stay readable
     * @param index of 48 bits: rollover counter and sequence number
     * @return the length it has now
     */
    abstract int protect(byte[] packet, int header, int length, long index);

    /** Decrypts RTP; the length it has now, or {@link #FORGED}. */
    abstract int unprotect(byte[] packet, int header, int length, long index);

    /** Encrypts RTCP. */
    abstract int protectControl(byte[] packet, int length, int index);

    /** Where the word with the index stands in a compound of that length. */
    abstract int controlWordAt(int length);

    /** Decrypts RTCP; the length it has now, or {@link #FORGED}. */
    abstract int unprotectControl(byte[] packet, int length, int word);
}
