package io.segue.stream;

/**
 * How much of what a bot sends is taken. Past a limit the frame is malformed and says so.
 *
 * @param textCharsMax characters of what was said, of a summary or of a note
 * @param nameCharsMax characters of an identifier, a mark's name, an intent
 * @param entriesMax members of a list or an object
 * @param digitsMax digits of one {@code sendDTMF}
 */
public record Limits(int textCharsMax, int nameCharsMax, int entriesMax, int digitsMax) {
    public static Limits defaults() {
        return new Limits(16_384, 256, 256, 64);
    }
}
