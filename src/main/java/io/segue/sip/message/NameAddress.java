package io.segue.sip.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code name-addr} or {@code addr-spec} with the parameters behind it, as in From, To, Contact and Route (RFC 3261 20.10, 25.1).
 * {@code toString()} always writes angle brackets.
 *
 * @param displayName the name to show, null for none
 * @param uri the address
 * @param params the header's own parameters (not the URI's)
 */
public record NameAddress(@Nullable String displayName, Uri uri, Params params) {

    /** An address without a name and without parameters. */
    public static NameAddress of(Uri uri) {
        return new NameAddress(null, uri, Params.NONE);
    }

    /** Reads one; empty when the grammar does not allow it. */
    public static Optional<NameAddress> parse(String text) {
        try {
            return Optional.of(NameAddressReader.read(text, Integer.MAX_VALUE));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** The tag of a From or To, or null. */
    public @Nullable String tag() {
        return params.get("tag");
    }

    public NameAddress withTag(String tag) {
        return new NameAddress(displayName, uri, params.with("tag", tag));
    }

    public NameAddress withParams(Params changed) {
        return new NameAddress(displayName, uri, changed);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(64);
        if (displayName != null && !displayName.isEmpty()) {
            Quoting.quote(displayName, out);
            out.append(' ');
        }
        return out.append('<').append(uri).append('>').append(params).toString();
    }
}
