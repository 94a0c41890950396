package io.segue.demo.phone;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The calling side of a phone (RFC 3261 8.1, 13.2, 15.1.1, 9.1). */
final class Uac {
    private final PhoneBank bank;
    private final SipWire wire;

    Uac(PhoneBank bank, SipWire wire) {
        this.bank = bank;
        this.wire = wire;
    }

    void invite(Leg leg, String target, InetSocketAddress to) {
        leg.remoteTarget = target;
        leg.localHeader = "<" + leg.localUri.replace(";transport=tcp", "") + ">;tag=" + leg.localTag;
        leg.remoteHeader = "<" + target + ">";
        leg.inviteBranch = "z9hG4bK" + PhoneBank.fresh();
        StringBuilder more = new StringBuilder();
        leg.settings
                .headers()
                .forEach((name, value) ->
                        more.append(name).append(": ").append(value).append("\r\n"));
        leg.invitedAt(System.nanoTime());
        String text = text(leg, "INVITE", leg.inviteBranch, more.toString(), description(leg, "sendrecv"));
        wire.request(leg.inviteBranch, text, to, response -> invited(leg, response, to));
    }

    private void invited(Leg leg, SipText response, InetSocketAddress to) {
        int status = response.status();
        if (status < 200) {
            if (status > 100) {
                leg.ringing.complete(null);
            }
            return;
        }
        leg.remoteHeader = response.header("to");
        if (status >= 300) {
            wire.acknowledge(leg.inviteBranch, text(leg, "ACK", leg.inviteBranch, "", ""), to);
            leg.answered.complete(status);
            bank.over(leg, "refused with " + status);
            return;
        }
        leg.remoteTarget = SipText.uri(response.header("contact"));
        leg.ack = text(leg, "ACK", "z9hG4bK" + PhoneBank.fresh(), "", "");
        wire.send(leg.ack, socketOf(leg.remoteTarget));
        bank.talk(leg, response.body);
        leg.answeredAt(System.nanoTime());
        leg.answered.complete(status);
        leg.confirmed.complete(null);
        if (leg.finalSent) {
            bye(leg); // it was given up while the 200 was on its way
        }
    }

    void reinvite(Leg leg, String direction, CompletableFuture<Integer> done) {
        leg.sequence++;
        leg.sdpVersion++;
        String branch = "z9hG4bK" + PhoneBank.fresh();
        InetSocketAddress to = socketOf(leg.remoteTarget);
        wire.request(branch, text(leg, "INVITE", branch, "", description(leg, direction)), to, response -> {
            if (response.status() < 200) {
                return;
            }
            if (response.status() < 300) {
                leg.ack = text(leg, "ACK", "z9hG4bK" + PhoneBank.fresh(), "", "");
                wire.send(leg.ack, to);
                bank.talk(leg, response.body);
            } else {
                wire.acknowledge(branch, text(leg, "ACK", branch, "", ""), to);
            }
            done.complete(response.status());
        });
    }

    void bye(Leg leg) {
        leg.sequence++;
        String branch = "z9hG4bK" + PhoneBank.fresh();
        leg.rtp.sending = false;
        wire.request(
                branch,
                text(leg, "BYE", branch, "", ""),
                socketOf(leg.remoteTarget),
                response -> bank.over(leg, response.status() < 300 ? "hung up" : "hung up with " + response.status()));
    }

    /** Gives a call up; the BYE is for the 200 that crosses it. */
    void cancel(Leg leg) {
        if (leg.finalSent) {
            return;
        }
        leg.finalSent = true;
        wire.request(
                leg.inviteBranch,
                text(leg, "CANCEL", leg.inviteBranch, "", ""),
                socketOf(leg.remoteTarget),
                response -> {});
    }

    void register(String user, String registrar, String password, int expires, CompletableFuture<Integer> done) {
        String callId = PhoneBank.fresh();
        String tag = PhoneBank.fresh();
        registerOnce(user, registrar, expires, callId, tag, 1, "", first -> {
            List<String> challenges = first.headers("www-authenticate");
            if (first.status() != 401 || challenges.isEmpty()) {
                done.complete(first.status());
                return;
            }
            String answer =
                    Digest.answer(challenges, "REGISTER", "sip:" + registrar, user, password, PhoneBank.fresh());
            String header = "Authorization: " + answer + "\r\n";
            registerOnce(user, registrar, expires, callId, tag, 2, header, second -> done.complete(second.status()));
        });
    }

    private void registerOnce(
            String user,
            String registrar,
            int expires,
            String callId,
            String tag,
            int sequence,
            String authorization,
            Consumer<SipText> onFinal) {
        String branch = "z9hG4bK" + PhoneBank.fresh();
        String aor = "<sip:" + user + "@" + registrar + ">";
        String text = "REGISTER sip:" + registrar + " SIP/2.0\r\n" + via(branch) + "From: " + aor + ";tag=" + tag
                + "\r\nTo: " + aor + "\r\nCall-ID: " + callId + "\r\nCSeq: " + sequence + " REGISTER\r\nContact: <"
                + bank.uriOf(user) + ">;expires=" + expires + "\r\nMax-Forwards: 70\r\n" + authorization
                + "Content-Length: 0\r\n\r\n";
        wire.request(branch, text, socketOf("sip:" + registrar), response -> {
            if (response.status() >= 200) {
                onFinal.accept(response);
            }
        });
    }

    static String description(Leg leg, String direction) {
        return Sdp.write(
                leg.rtp.local,
                leg.localTag.hashCode() & 0x7FFFFFFF,
                leg.sdpVersion,
                leg.settings.payloadTypes(),
                direction);
    }

    private String text(Leg leg, String method, String branch, String more, String body) {
        String contentType = body.isEmpty() ? "" : "Content-Type: application/sdp\r\n";
        return method + " " + leg.remoteTarget + " SIP/2.0\r\n" + via(branch) + "From: " + leg.localHeader + "\r\nTo: "
                + leg.remoteHeader + "\r\nCall-ID: " + leg.callId + "\r\nCSeq: " + leg.sequence + " " + method
                + "\r\nContact: <" + leg.localUri + ">\r\nMax-Forwards: 70\r\n" + more + contentType
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String via(String branch) {
        return "Via: SIP/2.0/" + wire.transport + " " + PhoneBank.hostPort(wire.local) + ";branch=" + branch
                + ";rport\r\n";
    }

    /** Where a URI with a literal address leads. */
    static InetSocketAddress socketOf(String uri) {
        String rest = uri.substring(uri.indexOf(':') + 1);
        rest = rest.substring(rest.indexOf('@') + 1);
        int end = rest.indexOf(';');
        rest = end < 0 ? rest : rest.substring(0, end);
        int colon = rest.lastIndexOf(':');
        String host = colon < 0 ? rest : rest.substring(0, colon);
        int port = colon < 0 ? 5060 : Integer.parseInt(rest.substring(colon + 1));
        return host.equals("localhost")
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                : new InetSocketAddress(InetAddress.ofLiteral(host), port);
    }
}
