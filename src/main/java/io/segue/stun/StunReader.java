package io.segue.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads messages (RFC 8489 5, 14). */
final class StunReader {
    private static final int USERNAME_BYTES_MAX = 508;

    private final byte[] octets;
    private final ByteBuffer view;
    private String username = "";
    private int integrityAt = -1;
    private boolean sealed;
    private boolean nominates;
    private boolean controlled;
    private final List<Integer> unknown = new ArrayList<>();

    private StunReader(byte[] octets) {
        this.octets = octets;
        this.view = ByteBuffer.wrap(octets);
    }

    static StunMessage read(byte[] datagram, int offset, int length) {
        if (length < Wire.HEADER_BYTES || length > StunMessage.OCTETS_MAX || (length & 3) != 0) {
            return new StunMessage.Malformed("a length that no message has");
        }
        byte[] octets = Arrays.copyOfRange(datagram, offset, offset + length);
        ByteBuffer head = ByteBuffer.wrap(octets);
        int type = head.getShort(0) & 0xFFFF;
        if (type > 0x3FFF
                || head.getInt(4) != Wire.COOKIE
                || (head.getShort(2) & 0xFFFF) != length - Wire.HEADER_BYTES) {
            return new StunMessage.Malformed("no header of STUN");
        }
        return type == Wire.BINDING_REQUEST ? new StunReader(octets).request() : new StunMessage.NothingToAnswer();
    }

    private StunMessage request() {
        int at = Wire.HEADER_BYTES;
        for (int count = 0; at < octets.length; count++) {
            if (count == StunMessage.ATTRIBUTES_MAX) {
                return new StunMessage.Malformed("too many attributes");
            }
            int length = view.getShort(at + 2) & 0xFFFF;
            int end = at + 4 + Wire.padded(length);
            if (end > octets.length || sealed) {
                return new StunMessage.Malformed("an attribute beyond the end");
            }
            if (!take(view.getShort(at) & 0xFFFF, at, length)) {
                return new StunMessage.Malformed("an attribute that is wrong");
            }
            at = end;
        }
        return new StunMessage.Request(
                new BindingRequest(octets, username, integrityAt, nominates, controlled, unknown));
    }

    /** What stands behind MESSAGE-INTEGRITY is not covered by it, and counts for nothing but the FINGERPRINT (14.5). */
    private boolean take(int type, int at, int length) {
        if (type == Wire.FINGERPRINT) {
            sealed = true;
            return length == Wire.FINGERPRINT_BYTES && view.getInt(at + 4) == Wire.fingerprint(octets, at);
        }
        if (integrityAt >= 0) {
            return true;
        }
        switch (type) {
            case Wire.USERNAME -> {
                if (length > USERNAME_BYTES_MAX) {
                    return false;
                }
                username = new String(octets, at + 4, length, StandardCharsets.UTF_8);
            }
            case Wire.MESSAGE_INTEGRITY -> {
                if (length != Wire.INTEGRITY_BYTES) {
                    return false;
                }
                integrityAt = at;
            }
            case Wire.USE_CANDIDATE -> nominates = true;
            case Wire.ICE_CONTROLLED -> controlled = true;
            case Wire.PRIORITY, Wire.MESSAGE_INTEGRITY_SHA256 -> {
                // The one is of no use where there is one candidate; the other is never all there is.
            }
            default -> {
                if (type < 0x8000) {
                    unknown.add(type);
                }
            }
        }
        return true;
    }
}
