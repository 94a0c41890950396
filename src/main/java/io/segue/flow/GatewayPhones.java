package io.segue.flow;

import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import io.segue.human.Human;
import io.segue.sip.dialog.Outbound;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.Transport;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The phones of this gateway's humans, and those outside. */
final class GatewayPhones implements Phones {
    private final Outside outside;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final Registrations registrations;
    private final StandbyLegs standby;
    private final PeerWatch watch;

    GatewayPhones(
            Outside outside,
            SipRoutes routes,
            SessionMachine machine,
            Registrations registrations,
            StandbyLegs standby,
            PeerWatch watch) {
        this.outside = outside;
        this.routes = routes;
        this.machine = machine;
        this.registrations = registrations;
        this.standby = standby;
        this.watch = watch;
    }

    @Override
    public Phone ring(String human, Request request, Mailbox mailbox, Phone.Listener listener) {
        Optional<Phone> up = standby.take(human, request, mailbox, listener);
        if (up.isPresent()) {
            return up.get();
        }
        Optional<Human> known = outside.directory().human(human);
        return known.flatMap(registrations::of)
                .map(where -> call(human, where, request, mailbox, listener))
                .orElseGet(() -> new NoPhone(human, "no contact and no registration", listener));
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
                new InvitePhone.Target(human, sdp -> invite(where, request, sdp), where.way()),
                request.codec(),
                request.media(),
                outside.media(),
                mailbox,
                routes,
                machine,
                outside.nanos(),
                listener);
    }

    private Outbound invite(Whereabouts where, Request request, String sdp) {
        Headers.Builder headers = Headers.builder()
                .add("X-Segue-Call", request.callId())
                .add(request.supervise() == null ? "X-Segue-Handoff" : "X-Segue-Supervise", request.purpose())
                .add("User-to-User", userToUser(request.callId()))
                .add(
                        "Call-Info",
                        "<" + outside.contextUrl().apply(request.callId(), request.handoffId()) + ">;purpose=info");
        for (Map.Entry<String, String> extension : request.caller().extensions().entrySet()) {
            headers.add(extension.getKey(), extension.getValue());
        }
        return outbound(outside, where, request.caller().from(), headers.build(), sdp);
    }

    /** RFC 7433: protocol discriminator 04, then the call's id in hex; an id, never the transcript. */
    static String userToUser(String callId) {
        return "04" + HexFormat.of().formatHex(callId.getBytes(StandardCharsets.US_ASCII)) + ";encoding=hex";
    }

    static Outbound outbound(Outside outside, Whereabouts where, String from, Headers headers, String sdp) {
        Uri target = Uri.parse(where.contact()).orElseThrow();
        Transport transport = where.way().transport();
        SentBy us = outside.signalling().reachedAt(transport);
        SipUri caller = SipUri.of(from.isEmpty() ? "anonymous" : from, us.host(), us.port());
        return new Outbound(
                target,
                UUID.randomUUID().toString(),
                NameAddress.of(caller),
                NameAddress.of(target),
                contact(us, transport),
                List.of(),
                headers,
                sdp,
                where.credentials());
    }

    /** Our Contact, as peers by this transport reach us. */
    static String contact(SentBy us, Transport transport) {
        return "<sip:segue@" + us + (transport == Transport.TCP ? ";transport=tcp" : "") + ">";
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
        public CallDocuments.Leg leg() {
            return new CallDocuments.Leg("human", human, "", null, null, "", null);
        }
    }
}
