package io.segue.sip.message;

import org.jspecify.annotations.Nullable;

/** Request-Line and Status-Line, RFC 3261 7.1 and 7.2. */
sealed interface StartLine {

    /** A URI to stand where the request's own could not be read. It goes nowhere. */
    Uri UNREAD = new OtherUri("unread:");

    /**
     * @param uri the Request-URI, or {@link #UNREAD}
     * @param fault what is wrong with the line, null for nothing
     */
    record Request(String method, Uri uri, @Nullable Fault fault) implements StartLine {}

    record Response(int status, String reason) implements StartLine {}

    /** @throws Malformed when this is neither of the two, not even a broken one */
    static StartLine read(String line, Limits limits) throws Malformed {
        if (line.regionMatches(true, 0, "SIP/", 0, 4)) {
            return response(line);
        }
        int methodEnd = 0;
        while (methodEnd < line.length() && Chars.token(line.charAt(methodEnd))) {
            methodEnd++;
        }
        if (methodEnd == 0 || methodEnd == line.length() || line.charAt(methodEnd) != ' ') {
            throw new Malformed("no SIP");
        }
        int versionStart = version(line);
        if (versionStart <= methodEnd) {
            throw new Malformed("no SIP");
        }
        String method = line.substring(0, methodEnd);
        try {
            return request(method, line, methodEnd, versionStart, limits);
        } catch (Fault fault) {
            return new Request(method, UNREAD, fault);
        }
    }

    /** Where the SIP-Version begins that this line ends with, or -1. */
    private static int version(String line) {
        int end = line.stripTrailing().length();
        int start = line.lastIndexOf(' ', end - 1) + 1;
        return line.regionMatches(true, start, "SIP/", 0, 4) ? start : -1;
    }

    private static Request request(String method, String line, int methodEnd, int versionStart, Limits limits)
            throws Fault {
        String version = line.substring(versionStart);
        if (!version.stripTrailing().equalsIgnoreCase("SIP/2.0")) {
            throw new Fault(505, Reasons.of(505));
        }
        if (version.length() != "SIP/2.0".length() || methodEnd + 2 > versionStart - 1) {
            throw Fault.badRequest("blanks in the Request-Line");
        }
        String uri = line.substring(methodEnd + 1, versionStart - 1);
        if (uri.length() > limits.uriCharsMax()) {
            throw new Fault(414, Reasons.of(414));
        }
        for (int i = 0; i < uri.length(); i++) {
            if (Chars.blank(uri.charAt(i))) {
                throw Fault.badRequest("blanks in the Request-Line");
            }
        }
        try {
            return new Request(method, UriReader.read(uri, limits.uriCharsMax()), null);
        } catch (Malformed e) {
            throw Fault.badRequest("Request-URI: " + e.why());
        }
    }

    private static Response response(String line) throws Malformed {
        if (!line.regionMatches(true, 0, "SIP/2.0 ", 0, 8)) {
            throw new Malformed("a response of another version");
        }
        Cursor in = new Cursor(line);
        in.at = 8;
        long status = in.number("the status", 699);
        if (in.at != 11 || status < 100) {
            throw new Malformed("a status that is none");
        }
        // Some peers leave the blank before an empty phrase out.
        if (!in.atEnd() && in.peek() != ' ') {
            throw new Malformed("a status that is none");
        }
        return new Response((int) status, line.substring(in.at));
    }
}
