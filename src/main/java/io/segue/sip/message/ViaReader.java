package io.segue.sip.message;

import org.jspecify.annotations.Nullable;

/** Reads {@code via-parm = sent-protocol LWS sent-by *(SEMI via-params)}, RFC 3261 25.1. */
final class ViaReader {

    private ViaReader() {}

    static Via read(String text) throws Malformed {
        Cursor in = new Cursor(text);
        Via hop = hop(in);
        return new Via(hop.transport(), hop.host(), hop.port(), HeaderParams.read(in, "a Via"));
    }

    /** What of a malformed Via still says where an answer goes: the hop and its branch; null when not even that. */
    static @Nullable Via salvage(String text) {
        try {
            Cursor in = new Cursor(text);
            Via hop = hop(in);
            Params kept = Params.NONE;
            for (String param : in.text.substring(in.at).split("[;,]", 16)) {
                String name = param.strip().replaceAll("[ \t=].*", "");
                if (name.equalsIgnoreCase("branch") || name.equalsIgnoreCase("rport")) {
                    try {
                        Params read = HeaderParams.read(new Cursor(";" + param.strip()), "a Via");
                        kept = kept.with(name, read.get(name));
                    } catch (Malformed e) {
                        continue;
                    }
                }
            }
            return new Via(hop.transport(), hop.host(), hop.port(), kept);
        } catch (Malformed e) {
            return null;
        }
    }

    private static Via hop(Cursor in) throws Malformed {
        in.blanks().token("a Via's protocol");
        in.blanks().expect('/', "a Via");
        in.blanks().token("a Via's version");
        in.blanks().expect('/', "a Via");
        String transport = in.blanks().token("a Via's transport");
        if (!Chars.blank(in.peek())) {
            throw new Malformed("a Via without a blank behind its transport");
        }
        in.blanks();
        String host = Hosts.read(in);
        @Nullable Integer port = null;
        if (in.blanks().skip(':')) {
            port = (int) in.blanks().number("a Via's port", 65535);
        }
        return new Via(transport, host, port, Params.NONE);
    }
}
