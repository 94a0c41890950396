package io.segue.flow.leg;

import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Timers;
import io.segue.sip.dialog.Command;
import io.segue.sip.dialog.Dialog;
import io.segue.sip.dialog.Effect;
import io.segue.sip.dialog.News;
import io.segue.sip.dialog.Outbound;
import io.segue.sip.dialog.Reason;
import io.segue.sip.dialog.Session;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.dialog.Signal;
import io.segue.sip.dialog.Step;
import io.segue.sip.dialog.TimerKind;
import io.segue.sip.message.SipRequest;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One leg's signalling: carries out what its session asks for, and tells its owner the news. Used on its mailbox's thread only,
 * except for {@link #post}.
 */
public final class SipLeg implements SipRoutes.Asker {
    private final Mailbox mailbox;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final LongSupplier nanos;
    private final Timers<TimerKind> timers;
    private final @Nullable Destination peer;
    private final String callId;
    private final String localTag;
    private Consumer<News> listener = news -> {};
    private Session session;
    private @Nullable ClientTransactionId invite;

    private SipLeg(
            Mailbox mailbox,
            SipRoutes routes,
            SessionMachine machine,
            LongSupplier nanos,
            @Nullable Destination peer,
            String callId,
            String localTag,
            Session session) {
        this.mailbox = mailbox;
        this.routes = routes;
        this.machine = machine;
        this.nanos = nanos;
        this.peer = peer;
        this.callId = callId;
        this.localTag = localTag;
        this.session = session;
        this.timers = new Timers<>(mailbox, kind -> on(new Signal.TimerFired(kind)));
    }

    /**
     * Takes up a caller's INVITE; the news of it follow at once, to whoever owns the leg.
     *
     * @param peer where its requests come from when its Contact is not to be believed; none: the Contact
     */
    public static SipLeg incoming(
            Mailbox mailbox,
            SipRoutes routes,
            SessionMachine machine,
            LongSupplier nanos,
            @Nullable Destination peer,
            ServerTransactionId id,
            SipRequest request,
            String contact,
            Function<SipLeg, Consumer<News>> owner) {
        Step step = machine.incoming(id, request, contact, millis(nanos));
        Dialog dialog = step.session().dialog();
        String tag = dialog == null ? "" : dialog.id().localTag();
        SipLeg leg = new SipLeg(mailbox, routes, machine, nanos, peer, request.callId(), tag, step.session());
        leg.listener = owner.apply(leg);
        routes.put(request.callId(), tag, leg);
        routes.putInvite(id, leg);
        leg.carryOut(step.effects());
        if (step.session().over()) {
            routes.remove(request.callId(), tag, leg);
        }
        return leg;
    }

    /** Sends an INVITE. */
    public static SipLeg outgoing(
            Mailbox mailbox,
            SipRoutes routes,
            SessionMachine machine,
            LongSupplier nanos,
            @Nullable Destination peer,
            Outbound outbound,
            Function<SipLeg, Consumer<News>> owner) {
        Step step = machine.outgoing(outbound, millis(nanos));
        String tag = sentTag(step.effects());
        SipLeg leg = new SipLeg(mailbox, routes, machine, nanos, peer, outbound.callId(), tag, step.session());
        leg.listener = owner.apply(leg);
        routes.put(outbound.callId(), tag, leg);
        leg.carryOut(step.effects());
        return leg;
    }

    private static String sentTag(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Request.class::isInstance)
                .map(e -> ((Effect.Request) e).request().from().tag())
                .findFirst()
                .orElse("");
    }

    public String callId() {
        return callId;
    }

    public Optional<Dialog> dialog() {
        return Optional.ofNullable(session.dialog());
    }

    /** Hands over what the network said; whether there was room for it. From any thread. */
    @Override
    public boolean post(Signal signal) {
        return mailbox.post(() -> on(signal));
    }

    public void tell(Command command) {
        take(machine.step(session, command, millis(nanos)));
    }

    private void on(Signal signal) {
        take(machine.step(session, signal, millis(nanos)));
    }

    private void take(Step step) {
        boolean wasOver = session.over();
        session = step.session();
        carryOut(step.effects());
        if (session.over() && !wasOver) {
            timers.stopAll();
            // Forks of an INVITE of ours may answer late (RFC 3261 13.2.2.4); a caller's leg is done at once.
            if (invite == null) {
                routes.remove(callId, localTag, this);
            } else {
                listener = news -> {};
                mailbox.thread().schedule(32_000, () -> routes.remove(callId, localTag, this));
            }
        }
    }

    private void carryOut(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Respond(var id, var response) -> {
                    if (response.status() >= 200) {
                        routes.removeInvite(id);
                    }
                    routes.signalling().respond(id, response);
                }
                case Effect.Retransmit2xx(var id, var response) ->
                    routes.signalling().respond(id, response);
                case Effect.Request(var request) -> send(request);
                case Effect.Cancel(var request, var reasons) -> cancel(reasons);
                case Effect.Ack(var ack) -> routes.signalling().send(ack, routes.destination(ack, peer));
                case Effect.StartTimer(var kind, var delayMs) -> timers.start(kind, delayMs);
                case Effect.StopTimer(var kind) -> timers.stop(kind);
                case News news -> listener.accept(news);
            }
        }
    }

    private void send(SipRequest request) {
        ClientTransactionId id = routes.send(this, request, routes.destination(request, peer));
        if (request.is("INVITE")) {
            invite = id;
        }
    }

    private void cancel(List<Reason> reasons) {
        ClientTransactionId sent = invite;
        if (sent != null) {
            String header = reasons.stream().map(Reason::toString).collect(Collectors.joining(", "));
            routes.signalling().cancel(sent, header.isEmpty() ? null : header);
        }
    }

    private static long millis(LongSupplier nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }
}
