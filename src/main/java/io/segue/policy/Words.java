package io.segue.policy;

/** Text as its words: lower case, one blank around each, so that a phrase is found as whole words only. */
final class Words {
    private Words() {}

    static String of(String text) {
        StringBuilder words = new StringBuilder(text.length() + 2).append(' ');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isLetterOrDigit(c) || c == '\'') {
                words.appendCodePoint(Character.toLowerCase(c));
            } else if (words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        }
        if (words.charAt(words.length() - 1) != ' ') {
            words.append(' ');
        }
        return words.toString();
    }
}
