package io.segue.app;

import io.segue.sip.dialog.Identifiers;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Tags and numbers from a secure source. */
final class SecureIdentifiers implements Identifiers {
    private static final int TAG_BYTES = 8;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String tag() {
        return HexFormat.of().formatHex(bytes(TAG_BYTES));
    }

    @Override
    public int random(int bound) {
        return random.nextInt(bound);
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
