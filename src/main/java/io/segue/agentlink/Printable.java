package io.segue.agentlink;

import org.jspecify.annotations.Nullable;

/** Makes text that a peer chose fit for a log or a close frame: printable ASCII, short. */
final class Printable {
    /** A close frame's reason has at most 123 bytes (RFC 6455, section 5.5). */
    private static final int CHARS_MAX = 120;

    private Printable() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(Math.min(text.length(), CHARS_MAX));
        for (int i = 0; i < text.length() && i < CHARS_MAX; i++) {
            char c = text.charAt(i);
            out.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return out.toString();
    }
}
