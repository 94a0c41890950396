package io.segue.sdp;

/** Nothing that is put into a description may bring a line of its own. */
final class Lines {

    private Lines() {}

    static void check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("a line end within a line");
            }
        }
    }

    /** The same for what ends at a blank. */
    static void checkWord(String text) {
        check(text);
        if (text.isEmpty() || text.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("no word: '" + text + "'");
        }
    }
}
