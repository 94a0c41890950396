package io.segue.sip.message;

/** What every message must have (RFC 3261 8.1.1, 8.2, 20) before anything looks into it. */
final class MessageCheck {

    private static final String[] ONCE = {"From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Type"};

    private static final String[] LISTS = {"Contact", "Route", "Record-Route"};

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
        if (headers.all("Via").size() > limits.viasMax()) {
            throw Fault.badRequest("too many Vias");
        }
        for (String name : LISTS) {
            if (headers.all(name).size() > limits.listMax()) {
                throw Fault.badRequest("too many values of " + name);
            }
        }
        if (Must.have("Call-ID", headers.first("Call-ID")).isEmpty()) {
            throw Fault.badRequest("no Call-ID");
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

    /** What a request must have beyond that (8.1.1, 19.1.1). An unknown method is left to be answered 501 whatever its CSeq says. */
    static void request(String method, Uri uri, Headers headers) throws Fault {
        if (uri instanceof SipUri sip && !sip.headers().isEmpty()) {
            throw Fault.badRequest("the Request-URI has headers");
        }
        if (Methods.known(method) && !method.equals(cseqMethod(headers))) {
            throw Fault.badRequest("the CSeq is of another method");
        }
    }

    private static String cseqMethod(Headers headers) throws Fault {
        try {
            CSeq cseq = headers.views().cseq();
            return cseq == null ? "" : cseq.method();
        } catch (Malformed e) {
            throw Fault.badRequest(e.why());
        }
    }

    static boolean viasAreSound(Headers headers) {
        try {
            return !headers.views().vias().isEmpty();
        } catch (Malformed e) {
            return false;
        }
    }
}
