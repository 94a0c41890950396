package io.segue.stun;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** A Binding request as a peer's ICE agent sends it to check that it gets through (RFC 8445 7.1). */
public final class BindingRequest {
    private static final int NONE = -1;

    private final byte[] octets;
    private final String username;
    private final int integrityAt;
    private final boolean nominates;
    private final boolean controlled;
    private final List<Integer> unknown;

    /** @param integrityAt where the attribute MESSAGE-INTEGRITY begins, -1 for none */
    BindingRequest(
            byte[] octets,
            String username,
            int integrityAt,
            boolean nominates,
            boolean controlled,
            List<Integer> unknown) {
        this.octets = octets;
        this.username = username;
        this.integrityAt = integrityAt;
        this.nominates = nominates;
        this.controlled = controlled;
        this.unknown = List.copyOf(unknown);
    }

    /** Whom it is for: the part of the USERNAME before the colon (RFC 8445 7.2.2), empty for none. */
    public String localUfrag() {
        int colon = username.indexOf(':');
        return colon < 0 ? username : username.substring(0, colon);
    }

    /** Whether the path is to be used (USE-CANDIDATE, RFC 8445 7.1.2). */
    boolean nominates() {
        return nominates;
    }

    /** Whether the peer thinks that we control (RFC 8445 7.3.1.1). */
    boolean controlled() {
        return controlled;
    }

    /** Attributes that have to be understood, and are not (RFC 8489 6.3.1). */
    List<Integer> unknown() {
        return unknown;
    }

    boolean hasCredentials() {
        return integrityAt != NONE && !username.isEmpty();
    }

    boolean isBy(byte[] password) {
        int from = integrityAt + 4;
        return integrityAt != NONE
                && MessageDigest.isEqual(
                        Wire.integrity(octets, integrityAt, password),
                        Arrays.copyOfRange(octets, from, from + Wire.INTEGRITY_BYTES));
    }

    /** Cookie and transaction id, 16 octets. */
    byte[] cookieAndTransaction() {
        return Arrays.copyOfRange(octets, 4, Wire.HEADER_BYTES);
    }
}
