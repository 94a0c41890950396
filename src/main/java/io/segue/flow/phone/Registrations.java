package io.segue.flow.phone;

import io.segue.flow.leg.Flows;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where humans registered their phones: proved by digest, or down a WebSocket by the token of a session too (RFC 8898), and kept in this gateway's memory.
 * What was registered down a WebSocket ends with it. Safe from any thread.
 */
final class Registrations {
    private static final String BEARER = "bearer ";

    /** Told, on any thread, of humans who can be reached from now on, or no longer. */
    interface Watcher {
        void reachable(String human);

        void unreachable(String human);
    }

    private record Question(ConnectionId socket, SipRequest request) {}

    private final Directory directory;
    private final DigestVerifier verifier;
    private final Registrar registrar;
    private final List<String> md5UserAgents;
    private final io.segue.sip.dialog.Identifiers identifiers;
    private final LongSupplier wallMillis;
    private final WebPhones webPhones;
    private final Flows flows;
    private final Watcher watcher;
    private final Map<String, List<Binding>> bindings = new ConcurrentHashMap<>();
    /** REGISTERs whose session is asked for. */
    private final Set<Question> questions = ConcurrentHashMap.newKeySet();

    /** Who registered last down a WebSocket. */
    private final Map<ConnectionId, String> webSockets = new ConcurrentHashMap<>();

    Registrations(
            Directory directory,
            DigestVerifier verifier,
            Registrar registrar,
            List<String> md5UserAgents,
            io.segue.sip.dialog.Identifiers identifiers,
            LongSupplier wallMillis,
            WebPhones webPhones,
            Flows flows,
            Watcher watcher) {
        this.directory = directory;
        this.verifier = verifier;
        this.registrar = registrar;
        this.md5UserAgents = md5UserAgents;
        this.identifiers = identifiers;
        this.wallMillis = wallMillis;
        this.webPhones = webPhones;
        this.flows = flows;
        this.watcher = watcher;
    }

    /**
     * Answers a REGISTER, at once or, where it takes the store to tell whether a session is still one, soon; not at all where its WebSocket is gone by then.
     *
     * @param answer takes the answer, on any thread
     */
    void register(SipRequest request, Arrival arrival, Consumer<SipResponse> answer) {
        ConnectionId socket = arrival.connection();
        Optional<String> token = arrival.transport().isWebSocket() ? bearer(request) : Optional.empty();
        if (token.isEmpty() || socket == null) {
            answer.accept(byDigest(request, arrival));
            return;
        }
        Question question = new Question(socket, request);
        questions.add(question);
        webPhones.sessions().apply(token.get()).thenAccept(user -> ofSession(question, user, arrival)
                .ifPresent(answer));
    }

    private synchronized Optional<SipResponse> ofSession(Question question, Optional<String> user, Arrival arrival) {
        if (!questions.remove(question)) {
            return Optional.empty();
        }
        return Optional.of(user.map(human -> register(human, question.request(), arrival, wallMillis.getAsLong()))
                .orElseGet(() -> challenge(question.request(), List.of(tokenRefused()))));
    }

    /** One request at a time: a phone's bindings are read, changed and put back. */
    private synchronized SipResponse byDigest(SipRequest request, Arrival arrival) {
        long now = wallMillis.getAsLong();
        DigestVerifier.Verdict verdict =
                verifier.verify("REGISTER", request.headers().all("Authorization"), this::stored, salt(), now);
        return switch (verdict) {
            case DigestVerifier.Challenged(var challenges, var why) ->
                challenge(request, knowsMd5Alone(request) ? List.of(challenges.getLast()) : challenges);
            case DigestVerifier.Verified(var user) -> register(user, request, arrival, now);
        };
    }

    private static Optional<String> bearer(SipRequest request) {
        return request.headers().all("Authorization").stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip())
                .findFirst();
    }

    /** RFC 6750 3.1. */
    private static String tokenRefused() {
        return "Bearer error=\"invalid_token\","
                + " error_description=\"the session is over, or was none: sign in again\"";
    }

    private SipResponse register(String user, SipRequest request, Arrival arrival, long now) {
        boolean before = isReachable(user, now);
        Registration made = registrar.step(
                bindings.getOrDefault(user, List.of()), request, user, origin(arrival), identifiers.tag(), now);
        bindings.put(user, made.bindings());
        ConnectionId connection = arrival.connection();
        if (arrival.transport().isWebSocket() && connection != null) {
            webSockets.put(connection, user);
            String socket = text(connection);
            made.bindings().stream()
                    .filter(binding -> Objects.equals(socket, binding.connection()))
                    .findFirst()
                    .ifPresent(binding ->
                            flows.registered(user, request.callId(), binding.instance(), arrival.back(), now));
        }
        tell(user, before, isReachable(user, now));
        return made.response();
    }

    private void tell(String user, boolean before, boolean after) {
        if (after && !before) {
            watcher.reachable(user);
        } else if (before && !after) {
            watcher.unreachable(user);
        }
    }

    private boolean isReachable(String user, long now) {
        return bindings.getOrDefault(user, List.of()).stream().anyMatch(binding -> binding.isLive(now));
    }

    /** A WebSocket is gone: with it goes what was registered down it. */
    synchronized void lost(ConnectionId connection) {
        long now = wallMillis.getAsLong();
        String socket = text(connection);
        for (Map.Entry<String, List<Binding>> entry : bindings.entrySet()) {
            List<Binding> left = entry.getValue().stream()
                    .filter(binding -> !isWebSocket(binding) || !socket.equals(binding.connection()))
                    .toList();
            if (left.size() < entry.getValue().size()) {
                boolean before = isReachable(entry.getKey(), now);
                entry.setValue(left);
                tell(entry.getKey(), before, isReachable(entry.getKey(), now));
            }
        }
        webSockets.remove(connection);
        questions.removeIf(question -> question.socket().equals(connection));
        flows.lost(connection, now);
    }

    /** Whether somebody is registered down this WebSocket. */
    boolean isRegisteredDown(ConnectionId connection) {
        long now = wallMillis.getAsLong();
        String socket = text(connection);
        String user = webSockets.get(connection);
        return user != null
                && bindings.getOrDefault(user, List.of()).stream()
                        .anyMatch(b -> isWebSocket(b) && socket.equals(b.connection()) && b.isLive(now));
    }

    private static boolean isWebSocket(Binding binding) {
        return Transport.valueOf(binding.transport()).isWebSocket();
    }

    private static String text(@Nullable ConnectionId connection) {
        return connection == null ? "" : Long.toString(connection.number());
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
        return new Origin(arrival.transport().name(), arrival.remote(), connection == null ? null : text(connection));
    }

    /** Where a human's phone is: the fixed contact, or where it registered. */
    Optional<Whereabouts> of(Human human) {
        String fixed = human.contact();
        return fixed == null ? of(human.id()) : Whereabouts.fixed(directory, fixed);
    }

    /** Where a human's phone registered, the best and newest of its contacts. */
    Optional<Whereabouts> of(String human) {
        return targets(human).stream().findFirst().map(Registrations::whereabouts);
    }

    /** Where a human's page registered last, of those that can be reached. */
    Optional<Whereabouts> page(String human) {
        return targets(human).stream()
                .filter(Registrations::isWebSocket)
                .findFirst()
                .map(Registrations::whereabouts);
    }

    /** Where all of a human's phones are that are to ring together: the fixed contact, or the contacts they like best (RFC 3261 16.6). */
    List<Whereabouts> all(Human human) {
        if (human.contact() != null) {
            return of(human).stream().toList();
        }
        List<Binding> targets = targets(human.id());
        return targets.stream()
                .filter(binding -> binding.priority() == targets.getFirst().priority())
                .map(Registrations::whereabouts)
                .toList();
    }

    private List<Binding> targets(String human) {
        return Registrar.targets(bindings.getOrDefault(human, List.of()), wallMillis.getAsLong());
    }

    private static Whereabouts whereabouts(Binding binding) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(binding.host()), binding.port());
        String connection = binding.connection();
        Transport transport = Transport.valueOf(binding.transport());
        Destination way;
        if (connection != null) {
            ConnectionId id = new ConnectionId(Long.parseLong(connection));
            way = transport.isWebSocket()
                    ? Destination.webSocket(transport, id, address)
                    : Destination.connection(id, address);
        } else if (transport == Transport.TCP) {
            way = Destination.tcp(address);
        } else {
            way = Destination.onlyUdp(address);
        }
        return new Whereabouts(binding.contact(), way, null);
    }

    /** Whether anybody is registered from this address, other than down a WebSocket: such a peer may send requests. */
    boolean isRegisteredAt(InetAddress address) {
        String host = address.getHostAddress();
        long now = wallMillis.getAsLong();
        return bindings.values().stream()
                .flatMap(List::stream)
                .anyMatch(b -> b.host().equals(host) && b.isLive(now) && !isWebSocket(b));
    }

    /** Humans that can be reached by a registration now. */
    int count() {
        long now = wallMillis.getAsLong();
        return (int) bindings.values().stream()
                .filter(list -> list.stream().anyMatch(b -> b.isLive(now)))
                .count();
    }
}
