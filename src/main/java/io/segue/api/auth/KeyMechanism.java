package io.segue.api.auth;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.segue.flow.record.EndedSessions;
import io.segue.flow.record.StoreAway;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** {@code Authorization: Bearer <secret>} (RFC 6750, 2.1) with the keys of {@link ApiKeys} and the tokens of {@link SessionTokens}. */
@ApplicationScoped
public class KeyMechanism implements HttpAuthenticationMechanism {
    private final Door door;
    private final EndedSessions ended;

    KeyMechanism(Door door, EndedSessions ended) {
        this.door = door;
        this.ended = ended;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identityProviderManager) {
        HttpServerRequest request = context.request();
        Door.Visitor visitor = door.visitor(
                request.getHeader(HttpHeaderNames.AUTHORIZATION),
                remote(request),
                request.getHeader(HttpHeaderNames.HOST),
                request.getHeader(HttpHeaderNames.ORIGIN));
        return switch (visitor) {
            case Door.Visitor.Known(ApiKeys.Holder holder) -> Uni.createFrom().item(identity(holder));
            case Door.Visitor.SignedIn(SessionTokens.Session session) -> unlessSignedOut(session, context);
            case Door.Visitor.Unknown() -> Uni.createFrom().optional(java.util.Optional.empty());
            case Door.Visitor.Refused() -> Uni.createFrom().failure(noSuchKey());
        };
    }

    /** While the store cannot be asked a session counts as one that nobody has signed out of: calls go on, and so do those who look after them. */
    private Uni<SecurityIdentity> unlessSignedOut(SessionTokens.Session session, RoutingContext context) {
        Context here = context.vertx().getOrCreateContext();
        return Uni.createFrom()
                .completionStage(() -> ended.has(session.id()))
                .onFailure(StoreAway.class)
                .recoverWithItem(false)
                .emitOn(rest -> here.runOnContext(now -> rest.run()))
                .map(signedOut -> {
                    if (signedOut) {
                        throw noSuchKey();
                    }
                    return identity(session);
                });
    }

    private static AuthenticationFailedException noSuchKey() {
        return new AuthenticationFailedException("no such key");
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        HttpResponseStatus.UNAUTHORIZED.code(), HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    private static SecurityIdentity identity(ApiKeys.Holder holder) {
        return of(holder).build();
    }

    private static SecurityIdentity identity(SessionTokens.Session session) {
        return of(session.holder()).addAttribute(Asker.SESSION, session).build();
    }

    private static QuarkusSecurityIdentity.Builder of(ApiKeys.Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRole(holder.role().wire())
                .addAttribute(Asker.ACTOR, holder.actor());
    }

    private static @Nullable InetAddress remote(HttpServerRequest request) {
        return request.connection().remoteAddress(true) instanceof io.vertx.core.net.SocketAddress address
                        && address.isInetSocket()
                        && toInet(address) instanceof InetAddress inet
                ? inet
                : null;
    }

    private static @Nullable InetAddress toInet(io.vertx.core.net.SocketAddress address) {
        try {
            return address.hostAddress() == null
                    ? null
                    : new InetSocketAddress(InetAddress.ofLiteral(address.hostAddress()), address.port()).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
