package io.segue.net;

import io.segue.flow.leg.Signalling;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Via;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Outgoing;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.TransactionLayer;
import io.segue.sip.transaction.TransactionUser;
import io.segue.sip.transaction.Transport;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** SIP over UDP, TCP and WebSocket: the listeners, the transactions and their clock, all on one thread. */
public final class SipEndpoint implements Signalling, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SipEndpoint.class);
    private static final int BRANCH_BYTES = 10;
    private static final long SWEEP_EVERY_MS = 1_000;

    private final SecureRandom random = new SecureRandom();
    private final SipCounters counters;
    private final Bound bound;
    private final Loop loop;
    private final Lookups lookups;
    private final Admission admission;
    private final TransactionLayer layer;
    private final UdpPort udp;
    private final TcpPort tcp;
    private final WebSocketPort webSockets;
    private final WebSocketConfig webSocketConfig;
    private final AtomicLong lastConnection = new AtomicLong();
    private long sweepAt;
    private volatile int transactions;
    private volatile int connections;

    /**
     * Binds the ports and starts to listen.
     *
     * @param rules who is let in
     * @param user gives what is told of messages; called once, before the first message
     * @throws IOException one sentence to be shown: a port that is taken, a host without an address
     */
    public static SipEndpoint start(
            SipConfig config, Admission.Rules rules, Function<? super Signalling, ? extends TransactionUser> user)
            throws IOException {
        Bound bound = Bound.to(config);
        try {
            SipEndpoint endpoint = new SipEndpoint(config, bound, rules, user);
            endpoint.loop.start();
            LOG.infof("SIP listens at %s over UDP and %s over TCP", bound.udpName(), bound.tcpName());
            return endpoint;
        } catch (IOException | RuntimeException e) {
            bound.udp().close();
            bound.tcp().close();
            throw e;
        }
    }

    private SipEndpoint(
            SipConfig config,
            Bound bound,
            Admission.Rules rules,
            Function<? super Signalling, ? extends TransactionUser> user)
            throws IOException {
        this.bound = bound;
        this.counters = new SipCounters();
        this.admission = new Admission(rules, config.limits());
        this.loop = new Loop("segue-sip", new Clockwork());
        TransactionUser told = user.apply(this);
        this.lookups = new Lookups(loop, told::onTransportError);
        this.layer = new TransactionLayer(
                config.transactionLimits(), this::send, told, this::reachedAt, config.replyToSource());
        Inbox inbox = new Inbox(config.messageLimits(), admission, layer, counters);
        this.udp = new UdpPort(bound.udp(), inbox, config.limits(), counters);
        Supplier<ConnectionId> numbers = () -> new ConnectionId(lastConnection.incrementAndGet());
        this.tcp = new TcpPort(
                bound.tcp(),
                loop,
                inbox,
                config.limits(),
                counters,
                numbers,
                owner -> layer.transportFailed(owner, Loop.now()));
        this.webSocketConfig = config.webSockets();
        this.webSockets = new WebSocketPort(
                loop, inbox, config.limits(), webSocketConfig, counters, numbers, (connection, unanswered) -> {
                    unanswered.forEach(owner -> layer.transportFailed(owner, Loop.now()));
                    told.onConnectionLost(connection);
                });
        udp.register(loop);
        tcp.register();
    }

    @Override
    public ClientTransactionId request(SipRequest request, Destination to) {
        String branch = branch();
        ClientTransactionId id = new ClientTransactionId(branch, request.method());
        loop.execute(() -> lookups.resolve(id, to, resolved -> layer.request(request, branch, resolved, Loop.now())));
        return id;
    }

    @Override
    public void respond(ServerTransactionId id, SipResponse response) {
        loop.execute(() -> {
            if (!layer.respond(id, response, Loop.now())) {
                LOG.debugf("An answer %d to %s came too late", response.status(), id);
            }
        });
    }

    @Override
    public void cancel(ClientTransactionId invite, @Nullable String reason) {
        loop.execute(() -> {
            if (!lookups.giveUp(invite)) {
                layer.cancel(invite, reason, Loop.now());
            }
        });
    }

    @Override
    public SipMessage send(SipMessage message, Destination to) {
        SipMessage ready = message instanceof SipRequest request ? layer.ready(request, branch(), to) : message;
        loop.execute(() -> lookups.resolve(null, to, resolved -> layer.send(ready, resolved, ready != message)));
        return ready;
    }

    @Override
    public SentBy reachedAt(Transport transport) {
        return switch (transport) {
            case UDP -> bound.udpName();
            case TCP -> bound.tcpName();
            case WS, WSS -> webSocketConfig.reachedAt();
        };
    }

    public SipCounters counters() {
        return counters;
    }

    /** Safe from any thread. */
    public Health health() {
        return loop.health();
    }

    /** Transactions that wait or linger; read on the endpoint's thread in a turn soon to come, so possibly a moment old. */
    public int transactions() {
        return transactions;
    }

    /** TCP connections, likewise. */
    public int connections() {
        return connections;
    }

    /** What the transactions send, on the loop. */
    private void send(Outgoing outgoing) {
        Destination to = outgoing.to();
        boolean went =
                switch (to.transport()) {
                    case UDP -> udp.send(outgoing.bytes(), to.address());
                    case TCP -> tcp.send(outgoing.bytes(), to, outgoing.owner(), Loop.now());
                    case WS, WSS -> webSockets.send(outgoing.bytes(), to, outgoing.owner());
                };
        if (outgoing.status() == 0) {
            admission.weCall(to.address());
        }
        if (went) {
            counters.sent(to.transport(), outgoing.method(), outgoing.status(), outgoing.again());
            return;
        }
        counters.drop(Drop.SEND_FAILED);
        ClientTransactionId owner = outgoing.owner();
        if (owner != null) {
            loop.later(() -> layer.transportFailed(owner, Loop.now()));
        }
    }

    /** Where the HTTP server brings its WebSockets. */
    public WebSockets webSockets() {
        return webSockets;
    }

    /** WebSockets that are up, or about to be. */
    public int webSocketsUp() {
        return webSockets.size();
    }

    private String branch() {
        byte[] bytes = new byte[BRANCH_BYTES];
        random.nextBytes(bytes);
        return Via.MAGIC_COOKIE + HexFormat.of().formatHex(bytes);
    }

    /** Closes listeners and connections and waits for the thread. What was posted before is sent. */
    @Override
    public void close() {
        loop.later(webSockets::close);
        loop.close();
        try {
            tcp.close();
            udp.close();
        } catch (IOException e) {
            LOG.warn("The SIP listeners did not close cleanly", e);
        }
    }

    /** The loop's clock: transactions, and once in a while the connections. */
    private final class Clockwork implements Loop.Clockwork {
        @Override
        public void tick(long now) {
            layer.tick(now);
            if (now >= sweepAt) {
                sweepAt = now + SWEEP_EVERY_MS;
                tcp.sweep(now);
                webSockets.sweep(now);
            }
            transactions = layer.size();
            connections = tcp.size();
        }

        @Override
        public long nextDeadline() {
            return layer.nextDeadline();
        }
    }
}
