package io.segue.flow.phone;

import io.segue.human.Human;
import io.segue.registry.Directory;
import io.segue.sip.digest.DigestVerifier;
import io.segue.sip.digest.Ha1;
import io.segue.sip.message.Headers;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.registrar.Binding;
import io.segue.sip.registrar.Origin;
import io.segue.sip.registrar.Registrar;
import io.segue.sip.registrar.Registration;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Where humans registered their phones: challenged by digest, kept in this gateway's memory. Safe from any thread. */
final class Registrations {
    private final Directory directory;
    private final DigestVerifier verifier;
    private final Registrar registrar;
    private final List<String> md5UserAgents;
    private final io.segue.sip.dialog.Identifiers identifiers;
    private final LongSupplier wallMillis;
    private final Map<String, List<Binding>> bindings = new ConcurrentHashMap<>();

    Registrations(
            Directory directory,
            DigestVerifier verifier,
            Registrar registrar,
            List<String> md5UserAgents,
            io.segue.sip.dialog.Identifiers identifiers,
            LongSupplier wallMillis) {
        this.directory = directory;
        this.verifier = verifier;
        this.registrar = registrar;
        this.md5UserAgents = md5UserAgents;
        this.identifiers = identifiers;
        this.wallMillis = wallMillis;
    }

    /** One request at a time: a phone's bindings are read, changed and put back. */
    synchronized SipResponse register(SipRequest request, Arrival arrival) {
        long now = wallMillis.getAsLong();
        DigestVerifier.Verdict verdict =
                verifier.verify("REGISTER", request.headers().all("Authorization"), this::stored, salt(), now);
        return switch (verdict) {
            case DigestVerifier.Challenged(var challenges, var why) ->
                challenge(request, knowsMd5Alone(request) ? List.of(challenges.getLast()) : challenges);
            case DigestVerifier.Verified(var user) -> {
                Registration made = registrar.step(
                        bindings.getOrDefault(user, List.of()), request, user, origin(arrival), identifiers.tag(), now);
                bindings.put(user, made.bindings());
                yield made.response();
            }
        };
    }

    /** Phones should pass over challenges they do not know (RFC 8760 2.4), and some do not. */
    private boolean knowsMd5Alone(SipRequest request) {
        String userAgent = request.header("User-Agent");
        return userAgent != null && md5UserAgents.stream().anyMatch(userAgent::startsWith);
    }

    private long salt() {
        return (long) identifiers.random(Integer.MAX_VALUE) << 32 | identifiers.random(Integer.MAX_VALUE);
    }

    private Optional<Ha1> stored(String user) {
        return directory.human(user).map(Human::credentials).map(c -> new Ha1(c.ha1Md5(), c.ha1Sha256()));
    }

    private SipResponse challenge(SipRequest request, List<String> challenges) {
        SipResponse response = Responses.to(request, 401, "Unauthorized", identifiers.tag());
        Headers.Builder headers = response.headers().toBuilder();
        challenges.forEach(challenge -> headers.add("WWW-Authenticate", challenge));
        return response.withHeaders(headers.build());
    }

    private static Origin origin(Arrival arrival) {
        ConnectionId connection = arrival.connection();
        return new Origin(
                arrival.transport().name(),
                arrival.remote(),
                connection == null ? null : Long.toString(connection.number()));
    }

    /** Where a human's phone is: the fixed contact, or where it registered. */
    Optional<Whereabouts> of(Human human) {
        String fixed = human.contact();
        return fixed == null ? of(human.id()) : Whereabouts.fixed(directory, fixed);
    }

    /** Where a human's phone registered, the best and newest of its contacts. */
    Optional<Whereabouts> of(String human) {
        return Registrar.targets(bindings.getOrDefault(human, List.of()), wallMillis.getAsLong()).stream()
                .findFirst()
                .map(Registrations::whereabouts);
    }

    private static Whereabouts whereabouts(Binding binding) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(binding.host()), binding.port());
        String connection = binding.connection();
        Destination way;
        if (connection != null) {
            way = Destination.connection(new ConnectionId(Long.parseLong(connection)), address);
        } else if (Transport.valueOf(binding.transport()) == Transport.TCP) {
            way = Destination.tcp(address);
        } else {
            way = Destination.onlyUdp(address);
        }
        return new Whereabouts(binding.contact(), way, null);
    }

    /** Whether anybody is registered from this address: such a peer may send requests. */
    boolean isRegisteredAt(InetAddress address) {
        String host = address.getHostAddress();
        long now = wallMillis.getAsLong();
        return bindings.values().stream()
                .flatMap(List::stream)
                .anyMatch(b -> b.host().equals(host) && b.isLive(now));
    }

    /** Humans that can be reached by a registration now. */
    int count() {
        long now = wallMillis.getAsLong();
        return (int) bindings.values().stream()
                .filter(list -> list.stream().anyMatch(b -> b.isLive(now)))
                .count();
    }
}
