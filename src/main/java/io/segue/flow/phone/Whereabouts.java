package io.segue.flow.phone;

import io.segue.flow.leg.SipRoutes;
import io.segue.registry.Directory;
import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.Destination;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a phone is, and how to get there.
 *
 * @param contact what becomes the Request-URI
 * @param credentials what we prove ourselves with there; none for a phone that registered, which may have named any contact
 */
record Whereabouts(
        String contact, Destination way, @Nullable DigestCredentials credentials) {

    /** A contact that was configured; empty: it is no URI. */
    static Optional<Whereabouts> fixed(Directory directory, String contact) {
        return Uri.parse(contact)
                .map(uri -> new Whereabouts(contact, SipRoutes.destination(uri), PeerCredentials.of(directory, uri)));
    }
}
