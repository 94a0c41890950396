package io.segue.api.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.segue.audit.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who sends the request that is at hand, as the audit trail names them. Not to be asked once an answer has become asynchronous. */
@ApplicationScoped
public class Asker {
    static final String SESSION = "segue.session";
    /** The attribute of an identity that says {@link ApiKeys.Holder#actor}. */
    static final String ACTOR = "segue.actor";

    private final SecurityIdentity identity;

    Asker(SecurityIdentity identity) {
        this.identity = identity;
    }

    public Actor actor() {
        return new Actor(
                identity.getAttribute(ACTOR) instanceof String actor
                        ? actor
                        : identity.getPrincipal().getName(),
                identity.getRoles().stream().sorted().findFirst().orElse(""));
    }

    /** The id of the human they are, if they are one; of a key its name. */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** The session that they have signed in to; none: they have a key. */
    public Optional<SessionTokens.Session> session() {
        return Optional.ofNullable(identity.getAttribute(SESSION));
    }
}
