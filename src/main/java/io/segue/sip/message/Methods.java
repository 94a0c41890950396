package io.segue.sip.message;

import java.util.Set;

/** The methods that RFCs define; every other token is one that nobody has defined yet. */
final class Methods {

    private static final Set<String> KNOWN = Set.of(
            "ACK",
            "BYE",
            "CANCEL",
            "INFO",
            "INVITE",
            "MESSAGE",
            "NOTIFY",
            "OPTIONS",
            "PRACK",
            "PUBLISH",
            "REFER",
            "REGISTER",
            "SUBSCRIBE",
            "UPDATE");

    private Methods() {}

    static boolean known(String method) {
        return KNOWN.contains(method);
    }
}
