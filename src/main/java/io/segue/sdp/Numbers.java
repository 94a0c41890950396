package io.segue.sdp;

/** Small numbers as descriptions have them. */
final class Numbers {

    private Numbers() {}

    /** Digits alone, 0 to max; -1 for anything else. */
    static int read(String text, int max) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value > max ? -1 : value;
    }
}
