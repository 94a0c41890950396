package io.segue.human;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person who takes over calls.
 *
 * @param id 1 to 64 of {@code A-Za-z0-9._-}; also the SIP user name it registers with
 * @param contact where its phone is, a SIP URI; none: it registers
 * @param credentials what its phone proves with when it registers, and the person at sign-in; none: neither can
 * @param queues the queues it serves
 * @param skills what it can, for calls that ask for it
 * @param standby whether its leg is kept up all the time
 * @param role what it may do, once signed in
 */
public record Human(
        String id,
        String name,
        @Nullable String contact,
        @Nullable Credentials credentials,
        List<String> queues,
        List<String> skills,
        boolean standby,
        Role role) {

    /** What a human may do beside taking calls, once signed in; docs/api.md has the table. */
    public enum Role {
        HUMAN,
        REVIEWER,
        SPECIALIST,
        SUPERVISOR
    }

    /** H(user:realm:password) by each algorithm of RFC 8760; the password itself is not kept. */
    public record Credentials(String ha1Md5, String ha1Sha256) {
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }
}
