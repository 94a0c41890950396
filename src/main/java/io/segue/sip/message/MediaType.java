package io.segue.sip.message;

import java.util.Locale;
import java.util.Optional;

/**
 * A media type, RFC 3261 20.15.
 *
 * @param type in lower case
 * @param subtype in lower case
 */
public record MediaType(String type, String subtype, Params params) {

    public MediaType {
        type = type.toLowerCase(Locale.ROOT);
        subtype = subtype.toLowerCase(Locale.ROOT);
    }

    /** Reads one; empty when the grammar does not allow it. */
    public static Optional<MediaType> parse(String text) {
        try {
            return Optional.of(read(text));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    static MediaType read(String text) throws Malformed {
        Cursor in = new Cursor(text);
        String type = in.blanks().token("a media type");
        in.blanks().expect('/', "a media type");
        String subtype = in.blanks().token("a media subtype");
        return new MediaType(type, subtype, HeaderParams.read(in, "a media type"));
    }

    /** Whether it is that one, parameters aside: {@code is("application/sdp")}. */
    public boolean is(String name) {
        return name.equalsIgnoreCase(name());
    }

    /** {@code type/subtype}. */
    public String name() {
        return type + "/" + subtype;
    }

    @Override
    public String toString() {
        return name() + params;
    }
}
