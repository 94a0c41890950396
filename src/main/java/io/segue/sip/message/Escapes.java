package io.segue.sip.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Escapes in URIs, RFC 3261 19.1.2 and RFC 3986 2.1. Octets that are no UTF-8 become the lone surrogates U+DC80 to U+DCFF, which
 * nothing else can produce, so that they are written again as they came.
 */
final class Escapes {

    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {}

    static String unescape(String raw) throws Malformed {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        byte[] octets = new byte[raw.length() * 3];
        int size = 0;
        for (int i = 0; i < raw.length(); ) {
            int c = raw.codePointAt(i);
            if (c == '%') {
                int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new Malformed("a bad escape in a URI");
                }
                octets[size++] = (byte) (high << 4 | low);
                i += 3;
            } else {
                byte[] encoded = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, octets, size, encoded.length);
                size += encoded.length;
                i += Character.charCount(c);
            }
        }
        return decode(octets, size);
    }

    private static String decode(byte[] octets, int size) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, 0, size))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder text = new StringBuilder(size);
            for (int i = 0; i < size; i++) {
                text.append((char) (octets[i] >= 0 ? octets[i] : 0xDC00 + (octets[i] & 0xff)));
            }
            return text.toString();
        }
    }

    static void escape(String meant, IntPredicate allowed, StringBuilder out) {
        for (int i = 0; i < meant.length(); ) {
            int c = meant.codePointAt(i);
            i += Character.charCount(c);
            if (allowed.test(c)) {
                out.append((char) c);
            } else if (c < 0x80) {
                octet(c, out);
            } else if (c >= 0xDC80 && c <= 0xDCFF) {
                octet(c - 0xDC00, out);
            } else {
                for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    octet(octet & 0xff, out);
                }
            }
        }
    }

    private static void octet(int value, StringBuilder out) {
        out.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
    }
}
