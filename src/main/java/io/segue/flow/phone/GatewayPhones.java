package io.segue.flow.phone;

import io.segue.flow.leg.LegRecord;
import io.segue.flow.leg.SipRoutes;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.flow.thread.Mailbox;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import io.segue.sip.dialog.Outbound;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.digest.DigestVerifier;
import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.Uri;
import io.segue.sip.registrar.Registrar;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.Transport;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The phones of this gateway's humans, and those outside. */
public final class GatewayPhones implements Phones {
    /** Of an INVITE that brings a call back. */
    private static final Headers RESUMED = Headers.of("X-Segue-Resumed", "1", "Answer-Mode", "Auto");

    private final PhoneOutside outside;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final Registrations registrations;
    private final StandbyLegs standby;
    private final PeerWatch watch;

    public GatewayPhones(
            PhoneOutside outside,
            SipRoutes routes,
            SessionMachine machine,
            DigestVerifier verifier,
            Registrar registrar,
            WebPhones webPhones) {
        this.outside = outside;
        this.routes = routes;
        this.machine = machine;
        this.registrations = new Registrations(
                outside.directory(),
                verifier,
                registrar,
                outside.settings().md5UserAgents(),
                outside.identifiers(),
                outside.wallMillis(),
                webPhones,
                routes.flows(),
                new Reachability(outside, this::standbySoon));
        this.standby = new StandbyLegs(outside, routes, machine, registrations);
        this.watch = new PeerWatch(outside, routes);
    }

    private void standbySoon(String human) {
        standby.soon(human);
    }

    /** Begins to raise the legs of humans who stand by, and to ask peers whether they are there. */
    public void start() {
        standby.start();
        watch.start();
    }

    /** Hangs up every leg that stands by; done when all of them have been told. */
    public CompletableFuture<@Nullable Void> stop() {
        watch.stop();
        return standby.stop();
    }

    /** @param answer takes the answer to the REGISTER, on any thread */
    public void register(SipRequest request, Arrival arrival, Consumer<SipResponse> answer) {
        registrations.register(request, arrival, answer);
    }

    /** Whether a human has registered from this address. */
    public boolean isRegisteredAt(InetAddress address) {
        return registrations.isRegisteredAt(address);
    }

    /** Whether a human is registered down this WebSocket. */
    public boolean isRegisteredDown(ConnectionId webSocket) {
        return registrations.isRegisteredDown(webSocket);
    }

    /** A WebSocket is gone, and with it what was registered down it. */
    public void lost(ConnectionId webSocket) {
        registrations.lost(webSocket);
    }

    /** Whether this gateway is the one that can reach a human: it registered here, or its leg stands by here. */
    public boolean isOurs(String human) {
        return registrations.of(human).isPresent() || standby.isUp(human);
    }

    /** Peers that used to answer OPTIONS and no longer do. */
    public int peersDown() {
        return watch.down();
    }

    @Override
    public Phone ring(String human, Request request, Mailbox mailbox, Phone.Listener listener) {
        Optional<Phone> up = standby.take(human, request, mailbox, listener);
        if (up.isPresent()) {
            return up.get();
        }
        List<Whereabouts> everywhere =
                outside.directory().human(human).map(registrations::all).orElse(List.of());
        return switch (everywhere.size()) {
            case 0 -> new NoPhone(human, "no contact and no registration", listener);
            case 1 -> call(human, everywhere.getFirst(), request, mailbox, listener);
            default ->
                new ForkedPhone(
                        everywhere.stream()
                                .<Function<Phone.Listener, Phone>>map(
                                        where -> branch -> call(human, where, request, mailbox, branch))
                                .toList(),
                        listener);
        };
    }

    @Override
    public Phone ringOutside(String uri, Request request, Mailbox mailbox, Phone.Listener listener) {
        return Whereabouts.fixed(outside.directory(), uri)
                .map(where -> call(null, where, request, mailbox, listener))
                .orElseGet(() -> new NoPhone(null, "no SIP URI", listener));
    }

    private Phone call(
            @Nullable String human, Whereabouts where, Request request, Mailbox mailbox, Phone.Listener listener) {
        if (watch.isDown(where.contact())) {
            return new NoPhone(human, "answers no OPTIONS", listener);
        }
        return new InvitePhone(
                target(human, where, request, Headers.NONE),
                request.codec(),
                request.media(),
                outside.media(),
                mailbox,
                routes,
                machine,
                outside.nanos(),
                listener);
    }

    /** A page that is loaded anew while its human has the caller is called again, and takes the call up by itself. */
    private InvitePhone.Target target(@Nullable String human, Whereabouts where, Request request, Headers more) {
        return new InvitePhone.Target(
                human, sdp -> invite(where, request, sdp, more), where.way(), () -> Optional.ofNullable(human)
                        .flatMap(registrations::page)
                        .map(anew -> target(human, anew, request, RESUMED)));
    }

    private Outbound invite(Whereabouts where, Request request, String sdp, Headers more) {
        Headers.Builder headers = more.toBuilder()
                .add("X-Segue-Call", request.callId())
                .add(request.supervise() == null ? "X-Segue-Handoff" : "X-Segue-Supervise", request.purpose())
                .add("User-to-User", userToUser(request.callId()))
                .add(
                        "Call-Info",
                        "<" + outside.contextUrl().apply(request.callId(), request.handoffId()) + ">;purpose=info");
        for (Map.Entry<String, String> extension : request.caller().extensions().entrySet()) {
            headers.add(extension.getKey(), extension.getValue());
        }
        return outbound(routes, where, request.caller().from(), headers.build(), sdp);
    }

    /** RFC 7433: protocol discriminator 04, then the call's id in hex; an id, never the transcript. */
    static String userToUser(String callId) {
        return "04" + HexFormat.of().formatHex(callId.getBytes(StandardCharsets.US_ASCII)) + ";encoding=hex";
    }

    static Outbound outbound(SipRoutes routes, Whereabouts where, String from, Headers headers, String sdp) {
        Uri target = Uri.parse(where.contact()).orElseThrow();
        Transport transport = where.way().transport();
        SentBy us = routes.signalling().reachedAt(transport);
        SipUri caller = SipUri.of(from.isEmpty() ? "anonymous" : from, us.host(), us.port());
        return new Outbound(
                target,
                UUID.randomUUID().toString(),
                NameAddress.of(caller),
                NameAddress.of(target),
                SipRoutes.contact(us, transport),
                List.of(),
                headers,
                sdp,
                where.credentials());
    }

    /** A human whose phone is nowhere. */
    private record NoPhone(@Nullable String human, String why, Listener listener) implements Phone {
        @Override
        public void begin() {
            listener.failed(Reason.HUMAN_UNREACHABLE, why);
        }

        @Override
        public boolean rings() {
            return false;
        }

        @Override
        public MediaLeg media() {
            throw new IllegalStateException("a phone that is nowhere has no media");
        }

        @Override
        public void hear(Source source) {}

        @Override
        public void digits(String digits) {}

        @Override
        public void relayed(char digit) {}

        @Override
        public void drop(Why why) {}

        @Override
        public LegRecord leg() {
            return new LegRecord("human", human, "", null, null, "", null);
        }
    }
}
