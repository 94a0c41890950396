package io.segue.stun;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Builds one message (RFC 8489 5, 14). */
final class StunWriter {
    private final byte[] octets = new byte[StunMessage.OCTETS_MAX];
    private final ByteBuffer out = ByteBuffer.wrap(octets);

    /** @param cookieAndTransaction 16 octets */
    StunWriter(int type, byte[] cookieAndTransaction) {
        out.putShort((short) type).putShort((short) 0).put(cookieAndTransaction);
    }

    StunWriter attribute(int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while ((out.position() & 3) != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    StunWriter integrity(byte[] password) {
        return attribute(Wire.MESSAGE_INTEGRITY, Wire.integrity(octets, out.position(), password));
    }

    /** The message, with its FINGERPRINT. */
    byte[] sealed() {
        int length = out.position() - Wire.HEADER_BYTES + 4 + Wire.FINGERPRINT_BYTES;
        out.putShort(2, (short) length);
        int sum = Wire.fingerprint(octets, out.position());
        out.putShort((short) Wire.FINGERPRINT)
                .putShort((short) Wire.FINGERPRINT_BYTES)
                .putInt(sum);
        return Arrays.copyOf(octets, out.position());
    }
}
