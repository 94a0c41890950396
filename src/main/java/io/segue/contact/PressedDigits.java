package io.segue.contact;

/**
 * Finds digits in text that the caller has pressed on the keypad: three or more that stand together, or in groups with a blank, dash or dot between
 * them, and were pressed in this order.
 */
final class PressedDigits {
    private PressedDigits() {}

    static String masked(String text, String pressed, String mark) {
        StringBuilder masked = null;
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            if (!isKey(text.charAt(at))) {
                at++;
                continue;
            }
            StringBuilder keys = new StringBuilder();
            int end = at;
            for (int i = at; i < text.length(); i++) {
                char c = text.charAt(i);
                if (isKey(c)) {
                    keys.append(c);
                    end = i + 1;
                } else if (" -.,".indexOf(c) < 0 || i > end) {
                    break;
                }
            }
            String together = keys.toString();
            if (together.length() >= Redactor.PRESSED_MIN && pressed.contains(together)) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, copied, at).append(mark);
                copied = end;
            }
            at = end;
        }
        return masked == null
                ? text
                : masked.append(text, copied, text.length()).toString();
    }

    private static boolean isKey(char c) {
        return (c >= '0' && c <= '9') || c == '*' || c == '#';
    }
}
