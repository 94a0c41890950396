package io.segue.sip.message;

/** What every message must have (RFC 3261 8.1.1, 8.2, 20) before anything looks into it. */
final class MessageCheck {

    private static final String[] ONCE = {"From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Type"};

    private static final String[] NEEDED = {"Via", "From", "To", "Call-ID", "CSeq"};

    private MessageCheck() {}

    static void all(Headers headers, Limits limits) throws Fault {
        for (String name : NEEDED) {
            if (!headers.has(name)) {
                throw Fault.badRequest("no " + name);
            }
        }
        for (String name : ONCE) {
            if (headers.count(name) > 1) {
                throw Fault.badRequest("more than one " + name);
            }
        }
        try {
            Views views = headers.views();
            views.from();
            views.to();
            views.cseq();
            views.vias();
            views.contacts();
            views.routes();
            views.recordRoutes();
            views.maxForwards();
            views.contentType();
        } catch (Malformed e) {
            throw Fault.badRequest(e.why());
        }
    }

    static void request(String method, Uri uri, Headers headers) throws Fault {}

    static boolean viasAreSound(Headers headers) {
        try {
            return !headers.views().vias().isEmpty();
        } catch (Malformed e) {
            return false;
        }
    }
}
