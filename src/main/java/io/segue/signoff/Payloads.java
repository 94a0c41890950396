package io.segue.signoff;

import java.util.Map;
import java.util.Optional;

/** Which payloads are taken: they are hashed, shown, stored and sent to those who watch. */
public final class Payloads {
    /** Characters of a payload's canonical form. */
    public static final int CHARS_MAX = 65_536;

    private Payloads() {}

    /** What is wrong with one, in words that follow its name; none: nothing. */
    public static Optional<String> fault(Map<String, Object> payload) {
        try {
            int chars = CanonicalJson.write(payload).length();
            return chars <= CHARS_MAX
                    ? Optional.empty()
                    : Optional.of("may have " + CHARS_MAX + " characters as JSON, not " + chars);
        } catch (IllegalArgumentException e) {
            // 1e400, which a parser reads as infinite.
            return Optional.of("holds a number that is too large");
        }
    }
}
