package io.segue.sip.message;

import java.util.Locale;

/**
 * A URI of a scheme that is not ours to understand, kept as it came (RFC 3986).
 *
 * @param text the whole URI
 */
public record OtherUri(String text) implements Uri {

    public OtherUri {
        int colon = text.indexOf(':');
        if (colon < 1 || !Chars.alpha(text.charAt(0))) {
            throw new IllegalArgumentException("no URI");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f) {
                throw new IllegalArgumentException("no URI");
            }
        }
    }

    @Override
    public String scheme() {
        return text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
