package io.segue.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Base64 (RFC 4648, section 4) into a buffer that is there already; padding may be missing. */
public final class AudioPayload {
    private static final int INVALID = -1;
    private static final byte[] SEXTET = sextets();

    private AudioPayload() {}

    /** The most bytes that so many characters can hold. */
    public static int bytesMax(int characters) {
        return (int) (characters * 3L / 4);
    }

    /**
     * Decodes a range.
     *
     * @param into has room for {@link #bytesMax} bytes
     * @return how many bytes there are, or -1 where it is no base64
     */
    public static int decode(byte[] text, int offset, int length, byte[] into) {
        int end = offset + length;
        if (length >= 4 && length % 4 == 0) {
            end -= text[end - 1] != '=' ? 0 : text[end - 2] != '=' ? 1 : 2;
        }
        int at = offset;
        int out = 0;
        for (int whole = end - 3; at < whole; at += 4, out += 3) {
            // An invalid character is -1, which stays negative through shift and or.
            int bits = SEXTET[text[at] & 0xff] << 18
                    | SEXTET[text[at + 1] & 0xff] << 12
                    | SEXTET[text[at + 2] & 0xff] << 6
                    | SEXTET[text[at + 3] & 0xff];
            if (bits < 0) {
                return INVALID;
            }
            into[out] = (byte) (bits >> 16);
            into[out + 1] = (byte) (bits >> 8);
            into[out + 2] = (byte) bits;
        }
        return switch (end - at) {
            case 0 -> out;
            case 2 -> {
                int bits = SEXTET[text[at] & 0xff] << 6 | SEXTET[text[at + 1] & 0xff];
                into[out] = (byte) (bits >> 4);
                yield bits < 0 ? INVALID : out + 1;
            }
            case 3 -> {
                int bits =
                        SEXTET[text[at] & 0xff] << 12 | SEXTET[text[at + 1] & 0xff] << 6 | SEXTET[text[at + 2] & 0xff];
                into[out] = (byte) (bits >> 10);
                into[out + 1] = (byte) (bits >> 2);
                yield bits < 0 ? INVALID : out + 2;
            }
            default -> INVALID;
        };
    }

    static byte @Nullable [] decode(String text) {
        byte[] characters = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] into = new byte[bytesMax(characters.length)];
        int bytes = decode(characters, 0, characters.length, into);
        return bytes == INVALID ? null : bytes == into.length ? into : Arrays.copyOf(into, bytes);
    }

    private static byte[] sextets() {
        byte[] sextets = new byte[256];
        Arrays.fill(sextets, (byte) INVALID);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            sextets[alphabet.charAt(i)] = (byte) i;
        }
        return sextets;
    }
}
