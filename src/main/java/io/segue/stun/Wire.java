package io.segue.stun;

import java.security.GeneralSecurityException;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Numbers and sums of RFC 8489 and RFC 8445 16. */
final class Wire {
    static final int HEADER_BYTES = 20;
    static final int COOKIE = 0x2112A442;
    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int ERROR_CODE = 0x0009;
    static final int UNKNOWN_ATTRIBUTES = 0x000A;
    static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
    static final int XOR_MAPPED_ADDRESS = 0x0020;
    static final int PRIORITY = 0x0024;
    static final int USE_CANDIDATE = 0x0025;
    static final int FINGERPRINT = 0x8028;
    static final int ICE_CONTROLLED = 0x8029;

    static final int INTEGRITY_BYTES = 20;
    static final int FINGERPRINT_BYTES = 4;
    private static final int FINGERPRINT_XOR = 0x5354554E;

    private Wire() {}

    static int padded(int length) {
        return length + 3 & ~3;
    }

    /** Of the octets before the attribute (14.7); the header's length has to reach beyond it already. */
    static int fingerprint(byte[] octets, int length) {
        CRC32 crc = new CRC32();
        crc.update(octets, 0, length);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    /** HMAC-SHA1 over the octets before the attribute, whose header says that the message ends with it (14.5). */
    static byte[] integrity(byte[] octets, int length, byte[] password) {
        byte[] covered = java.util.Arrays.copyOf(octets, length);
        int said = length - HEADER_BYTES + 4 + INTEGRITY_BYTES;
        covered[2] = (byte) (said >> 8);
        covered[3] = (byte) said;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password, "HmacSHA1"));
            return mac.doFinal(covered);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
