package io.segue.demo.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/** The called side of a phone, and what reaches a call that is up (RFC 3261 8.2, 13.3, 14.2, 15.1.2). */
final class Uas {
    private static final long T1_MS = 500;
    private static final long GIVE_UP_MS = 32_000;

    private final PhoneBank bank;
    private final SipWire wire;
    private final PhoneLoop loop;

    Uas(PhoneBank bank, SipWire wire, PhoneLoop loop) {
        this.bank = bank;
        this.wire = wire;
        this.loop = loop;
    }

    void invited(Phone phone, SipText invite, InetSocketAddress from) {
        Leg leg;
        try {
            leg = bank.leg(invite.callId(), phone.uri(), false, phone.settings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        leg.invite = invite;
        leg.invitedAt(System.nanoTime());
        leg.localHeader = invite.header("to") + ";tag=" + leg.localTag;
        leg.remoteHeader = invite.header("from");
        leg.remoteTarget = SipText.uri(invite.header("contact"));
        phone.called(leg);
        boolean standby = invite.header("x-segue-standby").equals("1");
        switch (standby ? AnswerPlan.atOnce() : phone.plan()) {
            case AnswerPlan.Answer(int ringMs) -> ringThen(leg, from, ringMs, () -> accept(leg, from, true));
            case AnswerPlan.AnswerWithoutSdp(int ringMs) -> ringThen(leg, from, ringMs, () -> accept(leg, from, false));
            case AnswerPlan.Refuse(int status, int ringMs) -> ringThen(leg, from, ringMs, () -> refuse(leg, status));
            case AnswerPlan.RingOn() -> ring(leg, invite, from);
            case AnswerPlan.Dead() -> {
                // Nothing, as if it were switched off.
            }
        }
    }

    private void ringThen(Leg leg, InetSocketAddress from, int ringMs, Runnable then) {
        if (ringMs == 0) {
            then.run();
            return;
        }
        SipText invite = leg.invite;
        if (invite != null) {
            ring(leg, invite, from);
        }
        loop.after(ringMs, () -> {
            if (!leg.finalSent) {
                then.run();
            }
        });
    }

    private void ring(Leg leg, SipText invite, InetSocketAddress from) {
        wire.answer(invite, response(leg, invite, "180 Ringing", "", from), from);
        leg.ringing.complete(null);
    }

    private void accept(Leg leg, InetSocketAddress from, boolean withSdp) {
        SipText invite = leg.invite;
        if (invite == null) {
            return;
        }
        leg.finalSent = true;
        String body = withSdp ? Uac.description(leg, "sendrecv") : "";
        bank.talk(leg, invite.body);
        String text = response(leg, invite, "200 OK", body, from);
        leg.awaitingAck = invite.sequence();
        wire.answer(invite, text, from);
        leg.answeredAt(System.nanoTime());
        leg.answered.complete(200);
        loop.after(T1_MS, () -> again(leg, invite.sequence(), text, from, T1_MS, T1_MS));
    }

    /** A 200 is repeated until its ACK comes (13.3.1.4). */
    private void again(Leg leg, int sequence, String text, InetSocketAddress to, long interval, long elapsed) {
        if (leg.awaitingAck != sequence || leg.ended.isDone() || elapsed >= GIVE_UP_MS) {
            return;
        }
        wire.retransmitted.incrementAndGet();
        wire.send(text, to);
        long next = Math.min(4_000, interval * 2);
        loop.after(next, () -> again(leg, sequence, text, to, next, elapsed + next));
    }

    void refuse(Leg leg, int status) {
        SipText invite = leg.invite;
        if (invite == null || leg.finalSent) {
            return;
        }
        leg.finalSent = true;
        InetSocketAddress to = replyAddress(invite);
        wire.answer(invite, response(leg, invite, status + " " + reason(status), "", to), to);
        leg.answered.complete(status);
        bank.over(leg, "refused with " + status);
    }

    void inDialog(Leg leg, SipText request, InetSocketAddress from) {
        switch (request.method()) {
            case "ACK" -> acknowledged(leg, request);
            case "BYE" -> {
                wire.answer(request, response(leg, request, "200 OK", "", from), from);
                bank.over(leg, "BYE received");
            }
            case "CANCEL" -> cancelled(leg, request, from);
            case "INVITE", "UPDATE" -> reoffered(leg, request, from);
            default -> wire.answer(request, response(leg, request, "200 OK", "", from), from);
        }
    }

    private void acknowledged(Leg leg, SipText ack) {
        if (leg.awaitingAck == ack.sequence()) {
            leg.awaitingAck = -1;
            bank.talk(leg, ack.body);
            leg.confirmed.complete(null);
        }
    }

    private void cancelled(Leg leg, SipText cancel, InetSocketAddress from) {
        wire.answer(cancel, response(leg, cancel, "200 OK", "", from), from);
        SipText invite = leg.invite;
        if (!leg.finalSent && invite != null) {
            leg.finalSent = true;
            wire.answer(invite, response(leg, invite, "487 Request Terminated", "", from), from);
            leg.answered.complete(487);
            bank.over(leg, "CANCEL received");
        }
    }

    private void reoffered(Leg leg, SipText request, InetSocketAddress from) {
        Sdp offer = Sdp.read(request.body, leg.settings.payloadTypes());
        String body = "";
        if (offer != null || request.method().equals("INVITE")) {
            leg.sdpVersion++;
            body = Uac.description(leg, offer == null ? "sendrecv" : offer.mirrored());
        }
        bank.talk(leg, request.body);
        String text = response(leg, request, "200 OK", body, from);
        wire.answer(request, text, from);
        if (request.method().equals("INVITE")) {
            leg.awaitingAck = request.sequence();
            loop.after(T1_MS, () -> again(leg, request.sequence(), text, from, T1_MS, T1_MS));
        }
    }

    /** A request for nobody here. */
    void stranger(SipText request, InetSocketAddress from) {
        String status =
                switch (request.method()) {
                    case "OPTIONS" -> "200 OK";
                    case "INVITE" -> "404 Not Found";
                    default -> "481 Call/Transaction Does Not Exist";
                };
        wire.answer(request, common(request, status, request.header("to"), from) + "Content-Length: 0\r\n\r\n", from);
    }

    private static String response(Leg leg, SipText request, String status, String body, InetSocketAddress from) {
        String to = request.tag("to").isEmpty() ? request.header("to") + ";tag=" + leg.localTag : request.header("to");
        return common(request, status, to, from) + "Contact: <" + leg.localUri + ">\r\n"
                + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String common(SipText request, String status, String to, InetSocketAddress from) {
        StringBuilder text = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        boolean top = true;
        for (String via : request.headers("via")) {
            boolean asksPort = top && via.contains(";rport") && !via.contains(";rport=");
            String filled = asksPort
                    ? via.replace(
                            ";rport",
                            ";rport=" + from.getPort() + ";received="
                                    + from.getAddress().getHostAddress())
                    : via;
            text.append("Via: ").append(filled).append("\r\n");
            top = false;
        }
        request.headers("record-route")
                .forEach(route -> text.append("Record-Route: ").append(route).append("\r\n"));
        return text.append("From: ")
                .append(request.header("from"))
                .append("\r\nTo: ")
                .append(to)
                .append("\r\nCall-ID: ")
                .append(request.callId())
                .append("\r\nCSeq: ")
                .append(request.header("cseq"))
                .append("\r\n")
                .toString();
    }

    private static InetSocketAddress replyAddress(SipText request) {
        return Uac.socketOf(SipText.uri(request.header("contact")));
    }

    private static String reason(int status) {
        return switch (status) {
            case 404 -> "Not Found";
            case 480 -> "Temporarily Unavailable";
            case 486 -> "Busy Here";
            case 603 -> "Decline";
            default -> "Refused";
        };
    }
}
