package io.segue.sip.message;

import java.util.Optional;

/** A URI as SIP uses them (RFC 3261 19.1, RFC 3966). {@code toString()} is the wire form. */
public sealed interface Uri permits SipUri, TelUri, OtherUri {

    /** {@code sip}, {@code sips}, {@code tel} or another one, in lower case. */
    String scheme();

    /** Reads a URI; empty when the grammar does not allow it. */
    static Optional<Uri> parse(String text) {
        try {
            return Optional.of(UriReader.read(text, Integer.MAX_VALUE));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** Whether two URIs mean the same (RFC 3261 19.1.4; RFC 3966 5 for telephone numbers; else letter by letter). */
    default boolean sameAs(Uri other) {
        return UriEquality.same(this, other);
    }
}
