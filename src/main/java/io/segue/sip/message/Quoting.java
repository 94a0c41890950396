package io.segue.sip.message;

/** Quoted strings, RFC 3261 25.1. */
final class Quoting {

    private Quoting() {}

    static void quote(String meant, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < meant.length(); i++) {
            char c = meant.charAt(i);
            // A control character may only stand behind a backslash; a line end never.
            if (c == '"' || c == '\\' || c == 0x7f || (c < ' ' && c != '\t' && c != '\r' && c != '\n')) {
                out.append('\\');
            }
            out.append(c == '\r' || c == '\n' ? ' ' : c);
        }
        out.append('"');
    }
}
