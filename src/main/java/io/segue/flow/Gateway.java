package io.segue.flow;

import io.segue.agent.Agent;
import io.segue.call.CallEvent;
import io.segue.call.CallId;
import io.segue.call.Plans;
import io.segue.contact.Identity;
import io.segue.flow.leg.CallRouter;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.Flows;
import io.segue.flow.leg.SipLeg;
import io.segue.flow.leg.SipRoutes;
import io.segue.flow.media.LegListener;
import io.segue.flow.media.MediaPlane.Opening;
import io.segue.flow.oversight.OversightSide;
import io.segue.flow.phone.GatewayPhones;
import io.segue.flow.phone.WebPhones;
import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Mailboxes;
import io.segue.handoff.Brief;
import io.segue.human.Queue;
import io.segue.human.Queue.Overflow;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.digest.DigestVerifier;
import io.segue.sip.message.Headers;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.TelUri;
import io.segue.sip.message.Uri;
import io.segue.sip.registrar.Registrar;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.TransactionUser;
import io.segue.trunk.Trunk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes calls from trunks, and knows those that live. Safe from any thread. */
public final class Gateway implements CallRouter.Arrivals {
    private static final Logger LOG = Logger.getLogger(Gateway.class);

    private final Outside outside;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final Mailboxes mailboxes;
    private final GatewayPhones phones;
    private final CallRouter router;
    private final Supplier<byte[]> randomBytes;
    private final Map<String, LiveCall> calls = new ConcurrentHashMap<>();
    private final AtomicInteger live = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> silent = new CompletableFuture<>();
    private volatile boolean draining;
    private volatile boolean stopped;

    /** @param randomBytes 16 unguessable bytes at a time, for call ids */
    public Gateway(
            Outside outside,
            DigestVerifier verifier,
            Registrar registrar,
            WebPhones webPhones,
            Supplier<byte[]> randomBytes) {
        this.outside = outside;
        this.randomBytes = randomBytes;
        this.routes = new SipRoutes(outside.signalling(), new Flows(webPhones.backWithinMs()));
        this.machine = new SessionMachine(outside.identifiers(), io.segue.sip.dialog.Limits.defaults());
        this.mailboxes = outside.mailboxes();
        this.phones = new GatewayPhones(outside.phones(mailboxes), routes, machine, verifier, registrar, webPhones);
        this.router = new CallRouter(routes, this, outside.identifiers());
        routes.onAnswered(this::lookWhetherSilent);
    }

    /** What the SIP endpoint tells its news to. */
    public TransactionUser transactionUser() {
        return router;
    }

    /** Begins to raise the legs of humans who stand by. */
    public void start() {
        phones.start();
    }

    /** Takes no new calls from now on. */
    public void drain() {
        draining = true;
    }

    /** Hangs up what is left, and every leg that stands by; done when all of them have been told. */
    public CompletableFuture<@Nullable Void> stop() {
        draining = true;
        stopped = true;
        calls.values().forEach(call -> call.post(new CallEvent.Shutdown()));
        lookWhetherSilent();
        return CompletableFuture.allOf(silent, phones.stop());
    }

    private void lookWhetherSilent() {
        if (stopped && live.get() == 0 && routes.settled()) {
            silent.complete(null);
        }
    }

    @Override
    public boolean draining() {
        return draining;
    }

    /** Calls that are carried now. */
    public int live() {
        return live.get();
    }

    /** The phones that this gateway reaches. */
    public GatewayPhones phones() {
        return phones;
    }

    /** Legs of which something may still be heard. */
    public int legs() {
        return routes.size();
    }

    Optional<LiveCall> find(String callId) {
        return Optional.ofNullable(calls.get(callId));
    }

    Collection<LiveCall> all() {
        return calls.values();
    }

    /** The people's side of a call that is carried here. */
    public Optional<OversightSide> people(String callId) {
        return find(callId).map(LiveCall::people);
    }

    /** Makes the calls with a contact forget what they read of its messages and what was recorded of them; how many there were. */
    public int forget(Set<Identity> identities) {
        int calls = 0;
        for (LiveCall call : all()) {
            if (call.isWith(identities)) {
                call.forget();
                calls++;
            }
        }
        return calls;
    }

    /** Callers of this gateway who wait for a human of this queue. */
    public long waitingFor(String queue) {
        return calls.values().stream()
                .flatMap(call -> call.state().handoff().stream())
                .filter(handoff -> handoff.requested() && handoff.clock().t4() == null)
                .filter(handoff -> handoff.brief().queue().filter(queue::equals).isPresent())
                .count();
    }

    @Override
    public void invite(ServerTransactionId id, SipRequest invite, Arrival arrival) {
        Optional<Trunk> trunk = arrival.transport().isWebSocket()
                ? Optional.empty()
                : outside.directory().trunkAt(arrival.origin());
        Optional<Agent> agent = called(invite.requestUri()).flatMap(outside.directory()::agentFor);
        if (trunk.isEmpty()) {
            refuse(id, invite, Responses.to(invite, 403, "Only trunks may call"));
        } else if (draining
                || live.get() >= outside.settings().callsMax()
                || outside.overloaded().getAsBoolean()) {
            refuse(id, invite, CallRouter.unavailable(invite, 5));
        } else if (agent.isEmpty()) {
            refuse(id, invite, Responses.to(invite, 404, "No agent has this number"));
        } else {
            take(id, invite, arrival, trunk.get(), agent.get());
        }
    }

    @Override
    public void register(SipRequest request, Arrival arrival, Consumer<SipResponse> answer) {
        phones.register(request, arrival, answer);
    }

    @Override
    public void lost(ConnectionId webSocket) {
        phones.lost(webSocket);
    }

    private void refuse(ServerTransactionId id, SipRequest invite, SipResponse response) {
        outside.counters().refused.increment();
        outside.signalling()
                .respond(
                        id,
                        response.withHeaders(response.headers()
                                .with(
                                        "To",
                                        invite.to()
                                                .withTag(outside.identifiers().tag())
                                                .toString())));
    }

    private void take(ServerTransactionId id, SipRequest invite, Arrival arrival, Trunk trunk, Agent agent) {
        CallId callId = CallId.of(randomBytes.get());
        LiveCall[] made = new LiveCall[1];
        Mailbox mailbox = mailboxes.open(fault -> made[0].fault(fault));
        LegListener[] listener = new LegListener[1];
        Opening opening = outside.media().open(mailbox.thread(), event -> listener[0].on(event), null);
        if (!(opening instanceof Opening.Opened(var media))) {
            refuse(id, invite, CallRouter.unavailable(invite, 5));
            return;
        }
        live.incrementAndGet();
        LiveCall call = new LiveCall(
                callId,
                agent,
                caller(invite, trunk),
                heard -> {
                    listener[0] = heard;
                    return media;
                },
                outside,
                mailbox,
                phones,
                plans(),
                this::ended);
        made[0] = call;
        calls.put(callId.hex(), call);
        boolean posted = mailbox.post(() -> SipLeg.incoming(
                mailbox, routes, machine, outside.nanos(), peer(arrival), id, invite, contact(arrival), call::attach));
        if (!posted) {
            refuse(id, invite, CallRouter.unavailable(invite, 1));
            media.close();
            ended(call);
        }
    }

    private void ended(LiveCall call) {
        if (calls.remove(call.id().hex(), call)) {
            live.decrementAndGet();
            lookWhetherSilent();
            LOG.debugf("call %s is over", call.id());
        }
    }

    private String contact(Arrival arrival) {
        SentBy us = outside.signalling().reachedAt(arrival.transport());
        return SipRoutes.contact(us, arrival.transport());
    }

    /** Over TCP requests go back down the caller's connection; over UDP to its Contact. */
    private static @Nullable Destination peer(Arrival arrival) {
        return arrival.connection() == null ? null : arrival.back();
    }

    private static Optional<String> called(Uri uri) {
        return switch (uri) {
            case SipUri sip -> Optional.ofNullable(sip.user());
            case TelUri tel -> Optional.of(tel.number());
            default -> Optional.empty();
        };
    }

    private Caller caller(SipRequest invite, Trunk trunk) {
        return new Caller(
                called(invite.from().uri()).orElse("anonymous"),
                called(invite.requestUri()).orElse(""),
                trunk.id(),
                invite.callId(),
                extensions(invite.headers()),
                invite.header("User-to-User"),
                invite.header("X-Contact-Id"));
    }

    private Map<String, String> extensions(Headers headers) {
        Map<String, String> extensions = new LinkedHashMap<>();
        for (var header : headers) {
            if (isLetThrough(header.name())) {
                extensions.putIfAbsent(header.name(), header.value());
            }
        }
        return extensions;
    }

    private boolean isLetThrough(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-")
                && !lower.startsWith("x-segue-")
                && outside.settings().extensionHeaders().stream()
                        .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                        .anyMatch(allowed -> allowed.endsWith("*")
                                ? lower.startsWith(allowed.substring(0, allowed.length() - 1))
                                : lower.equals(allowed));
    }

    /** The queue, then its overflow up to the agent: queues that it names are not followed further, so that no circle can come of it. */
    private Plans plans() {
        return name -> {
            List<Brief.Target> plan = new ArrayList<>();
            if (name != null) {
                Queue queue = queue(name);
                plan.add(new Brief.Target.InQueue(queue));
                for (Overflow overflow : queue.overflow()) {
                    switch (overflow) {
                        case Overflow.ToQueue(var other) -> plan.add(new Brief.Target.InQueue(queue(other)));
                        case Overflow.ToSip(var uri) -> plan.add(new Brief.Target.AtSip(uri));
                        case Overflow.ToAgent agent -> {
                            return List.copyOf(plan);
                        }
                    }
                }
            }
            return List.copyOf(plan);
        };
    }

    private Queue queue(String id) {
        return outside.directory().queue(id).orElseGet(() -> Queue.named(id));
    }
}
