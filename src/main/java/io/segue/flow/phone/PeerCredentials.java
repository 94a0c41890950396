package io.segue.flow.phone;

import io.segue.flow.leg.SipRoutes;
import io.segue.registry.Directory;
import io.segue.sip.digest.DigestCredentials;
import io.segue.sip.digest.Ha1;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.Uri;
import io.segue.trunk.Trunk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What we prove ourselves with to a peer that we call: the username and password of the trunk that its address belongs to. */
final class PeerCredentials {
    private PeerCredentials() {}

    /** Null: nothing, and a challenge stays unanswered. */
    static @Nullable DigestCredentials of(Directory directory, Uri target) {
        if (!(target instanceof SipUri sip)) {
            return null;
        }
        String host = SipRoutes.bare(sip.host());
        Optional<Trunk> trunk = directory.trunkOf(host);
        String username = trunk.map(Trunk::username).orElse(null);
        String password = trunk.map(Trunk::password).orElse(null);
        if (username == null || password == null) {
            return null;
        }
        String realm = trunk.map(Trunk::realm).orElse(host);
        return new DigestCredentials(username, realm, Ha1.of(username, realm, password));
    }
}
