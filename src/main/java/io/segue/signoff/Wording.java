package io.segue.signoff;

import java.util.Locale;

/**
 * A text by its words alone, as people approve and transcribers hear it: lower case, letters and digits only, one blank around each word.
 */
final class Wording {
    /** Stands where words were taken out, so that what was before and after them is not one phrase. */
    private static final String TAKEN = " \0 ";

    private Wording() {}

    static String of(String text) {
        StringBuilder words = new StringBuilder(text.length() + 2).append(' ');
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                words.appendCodePoint(c);
            } else if (words.charAt(words.length() - 1) != ' ') {
                words.append(' ');
            }
        });
        return words.charAt(words.length() - 1) == ' '
                ? words.toString()
                : words.append(' ').toString();
    }

    /** What is left of a text once some of its words, in one piece, have been spoken; those that are there first. */
    static String without(String words, String spoken) {
        int from = spoken.isBlank() ? -1 : words.indexOf(spoken);
        return from < 0 ? words : words.substring(0, from) + TAKEN + words.substring(from + spoken.length());
    }
}
