package io.segue.registry;

/** Names that things are configured under: 1 to 64 of {@code A-Za-z0-9._-}, the first a letter or digit, so that each stands in a path and in a SIP URI as it is. */
public final class Ids {
    public static final int CHARS_MAX = 64;
    public static final String RULE = "has to be 1 to 64 of A-Z a-z 0-9 . _ - and to start with a letter or digit";

    private Ids() {}

    public static boolean valid(String id) {
        if (id.isEmpty() || id.length() > CHARS_MAX || !alphanumeric(id.charAt(0))) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!alphanumeric(c) && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean alphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
