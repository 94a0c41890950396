package io.segue.sip.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of headers: usual spelling, compact forms (RFC 3261 7.3.3 and its extensions), and which hold comma lists (7.3.1). */
final class HeaderNames {

    private static final String[] KNOWN = {
        "Accept",
        "Accept-Encoding",
        "Accept-Language",
        "Alert-Info",
        "Allow",
        "Allow-Events",
        "Answer-Mode",
        "Authentication-Info",
        "Authorization",
        "Call-ID",
        "Call-Info",
        "Contact",
        "Content-Disposition",
        "Content-Encoding",
        "Content-Language",
        "Content-Length",
        "Content-Type",
        "CSeq",
        "Date",
        "Diversion",
        "Error-Info",
        "Event",
        "Expires",
        "From",
        "Geolocation",
        "History-Info",
        "Identity",
        "In-Reply-To",
        "Info-Package",
        "Max-Forwards",
        "MIME-Version",
        "Min-Expires",
        "Min-SE",
        "Organization",
        "P-Asserted-Identity",
        "P-Associated-URI",
        "P-Charging-Vector",
        "P-Preferred-Identity",
        "Path",
        "Priority",
        "Privacy",
        "Proxy-Authenticate",
        "Proxy-Authorization",
        "Proxy-Require",
        "RAck",
        "Reason",
        "Record-Route",
        "Recv-Info",
        "Refer-To",
        "Referred-By",
        "Remote-Party-ID",
        "Replaces",
        "Reply-To",
        "Request-Disposition",
        "Require",
        "Retry-After",
        "Route",
        "RSeq",
        "Server",
        "Service-Route",
        "Session-Expires",
        "Subject",
        "Subscription-State",
        "Supported",
        "Timestamp",
        "To",
        "Unsupported",
        "User-Agent",
        "User-to-User",
        "Via",
        "Warning",
        "WWW-Authenticate"
    };

    private static final String[] COMPACT = {
        "a",
        "Accept-Contact",
        "b",
        "Referred-By",
        "c",
        "Content-Type",
        "d",
        "Request-Disposition",
        "e",
        "Content-Encoding",
        "f",
        "From",
        "i",
        "Call-ID",
        "j",
        "Reject-Contact",
        "k",
        "Supported",
        "l",
        "Content-Length",
        "m",
        "Contact",
        "n",
        "Identity-Info",
        "o",
        "Event",
        "r",
        "Refer-To",
        "s",
        "Subject",
        "t",
        "To",
        "u",
        "Allow-Events",
        "v",
        "Via",
        "x",
        "Session-Expires",
        "y",
        "Identity"
    };

    private static final Map<String, String> USUAL = new HashMap<>();

    private static final Set<String> LISTS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        for (String name : KNOWN) {
            USUAL.put(name, name);
            USUAL.put(name.toLowerCase(Locale.ROOT), name);
        }
        for (int i = 0; i < COMPACT.length; i += 2) {
            USUAL.put(COMPACT[i], COMPACT[i + 1]);
        }
        LISTS.addAll(Set.of(
                "Accept",
                "Accept-Contact",
                "Accept-Encoding",
                "Accept-Language",
                "Alert-Info",
                "Allow",
                "Allow-Events",
                "Call-Info",
                "Contact",
                "Content-Encoding",
                "Content-Language",
                "Diversion",
                "Error-Info",
                "Geolocation",
                "History-Info",
                "In-Reply-To",
                "P-Asserted-Identity",
                "P-Associated-URI",
                "P-Preferred-Identity",
                "Path",
                "Proxy-Require",
                "Reason",
                "Record-Route",
                "Recv-Info",
                "Reject-Contact",
                "Remote-Party-ID",
                "Request-Disposition",
                "Require",
                "Route",
                "Service-Route",
                "Supported",
                "Unsupported",
                "User-to-User",
                "Via",
                "Warning"));
    }

    private HeaderNames() {}

    static String usual(String name) {
        String usual = USUAL.get(name);
        if (usual == null) {
            usual = USUAL.get(name.toLowerCase(Locale.ROOT));
        }
        return usual == null ? name : usual;
    }

    static boolean holdsList(String name) {
        return LISTS.contains(name);
    }
}
