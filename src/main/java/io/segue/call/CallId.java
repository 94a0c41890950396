package io.segue.call;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The name of a call: 128 random bits as 32 lower-case hex digits.
 *
 * @param hex the digits
 */
public record CallId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public CallId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a call id is 32 hex digits, not \"" + hex + "\"");
        }
    }

    /** @param random 16 bytes */
    public static CallId of(byte[] random) {
        return new CallId(HexFormat.of().formatHex(random));
    }

    @Override
    public String toString() {
        return hex;
    }
}
