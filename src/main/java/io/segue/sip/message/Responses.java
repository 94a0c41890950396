package io.segue.sip.message;

import org.jspecify.annotations.Nullable;

/** Makes responses, RFC 3261 8.2.6. No Server header is added. */
public final class Responses {

    private static final String[] COPIED = {"From", "To", "Call-ID", "CSeq"};

    private Responses() {}

    /** A response with Via, From, To, Call-ID and CSeq of the request (8.2.6.2), and a 100's Timestamp (8.2.6.1). */
    public static SipResponse to(SipRequest request, int status, String reason) {
        return to(request, status, reason, null);
    }

    /** The same with the standard phrase of the status. */
    public static SipResponse to(SipRequest request, int status) {
        return to(request, status, Reasons.of(status), null);
    }

    /**
     * The same, and a tag on the To.
     *
     * @param toTag put on the To where it has none; null for none (100 Trying)
     */
    public static SipResponse to(SipRequest request, int status, String reason, @Nullable String toTag) {
        Headers from = request.headers();
        Headers.Builder headers = Headers.builder();
        headers.addEach("Via", from.all("Via"));
        for (String name : COPIED) {
            String value = from.first(name);
            if (value != null) {
                headers.add(name, name.equals("To") && toTag != null ? tagged(value, toTag) : value);
            }
        }
        if (status == 100 && from.first("Timestamp") instanceof String timestamp) {
            headers.add("Timestamp", timestamp);
        }
        return new SipResponse(status, reason, headers.build());
    }

    /** A To that cannot be read goes back as it came. */
    private static String tagged(String to, String tag) {
        return NameAddress.parse(to)
                .map(address -> address.tag() == null ? address.withTag(tag).toString() : to)
                .orElse(to);
    }
}
