package io.segue.sip.registrar;

import org.jspecify.annotations.Nullable;

/**
 * One contact of a user: strings and numbers, so that it can be stored.
 *
 * @param contact the URI to put into the Request-URI
 * @param parameters the Contact's other parameters as they came, {@code ;name=value}, given back to the phone
 * @param priority {@code q} in thousandths, 0 to 1000; 1000 when none was given
 * @param callId of the REGISTER that set it
 * @param sequence its CSeq
 * @param expiresAtMs when it ends, milliseconds since 1970
 * @param instance {@code +sip.instance} with its angle brackets (RFC 5626 4.1)
 * @param regId {@code reg-id}, 0 when there is none or the phone does not do outbound
 * @param transport {@code UDP} or {@code TCP}, as it came
 * @param host the address it came from, seen here; a literal
 * @param port likewise
 * @param connection the connection it came down, known to one process only
 */
public record Binding(
        String contact,
        String parameters,
        int priority,
        String callId,
        long sequence,
        long expiresAtMs,
        @Nullable String instance,
        int regId,
        String transport,
        String host,
        int port,
        @Nullable String connection) {

    public boolean isLive(long nowMs) {
        return nowMs < expiresAtMs;
    }

    /** Whether it is a flow of RFC 5626: then another REGISTER of the same phone and reg-id takes its place, whatever the contact. */
    public boolean isFlow() {
        return instance != null && regId > 0;
    }
}
