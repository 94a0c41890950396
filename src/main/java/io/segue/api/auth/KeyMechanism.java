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
import io.smallrye.mutiny.Uni;
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

    KeyMechanism(Door door) {
        this.door = door;
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
            case Door.Visitor.Unknown() -> Uni.createFrom().optional(java.util.Optional.empty());
            case Door.Visitor.Refused() -> Uni.createFrom().failure(new AuthenticationFailedException("no such key"));
        };
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(
                        HttpResponseStatus.UNAUTHORIZED.code(), HttpHeaderNames.WWW_AUTHENTICATE, "Bearer"));
    }

    private static SecurityIdentity identity(ApiKeys.Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRole(holder.role().wire())
                .addAttribute(Asker.ACTOR, holder.actor())
                .build();
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
