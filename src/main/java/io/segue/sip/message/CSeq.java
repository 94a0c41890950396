package io.segue.sip.message;

import java.util.Optional;

/**
 * Sequence number and method, RFC 3261 20.16.
 *
 * @param number 0 to 2^31 - 1 (8.1.1.5)
 */
public record CSeq(long number, String method) {

    /** The largest sequence number. */
    public static final long NUMBER_MAX = (1L << 31) - 1;

    public CSeq {
        if (number < 0 || number > NUMBER_MAX || !Chars.isToken(method)) {
            throw new IllegalArgumentException("no CSeq: " + number + " " + Header.oneLine(method));
        }
    }

    /** Reads one; empty when the grammar does not allow it. */
    public static Optional<CSeq> parse(String text) {
        try {
            return Optional.of(read(text));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    static CSeq read(String text) throws Malformed {
        Cursor in = new Cursor(text);
        long number = in.blanks().number("the CSeq", NUMBER_MAX);
        if (!Chars.blank(in.peek())) {
            throw new Malformed("the CSeq has no method");
        }
        String method = in.blanks().token("the method of the CSeq");
        in.end("the CSeq");
        return new CSeq(number, method);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
