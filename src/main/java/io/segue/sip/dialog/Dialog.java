package io.segue.sip.dialog;

import io.segue.sip.message.CSeq;
import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.Params;
import io.segue.sip.message.SipMessage;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.Uri;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a dialog (RFC 3261 12): strings and numbers, so that another process can go on with it.
 *
 * @param id Call-ID and tags
 * @param inviter whether we made the Call-ID: it decides who waits longer after a glare (RFC 3261 14.1)
 * @param local our address as in From or To, without the tag: {@code "Name" <uri>}
 * @param remote the peer's, likewise
 * @param contact our Contact, {@code <uri>}
 * @param remoteTarget the URI of the peer's Contact, refreshed by INVITE and UPDATE
 * @param localSequence number of our last request
 * @param remoteSequence number of the peer's last request, -1 before the first
 * @param routeSet {@code <uri>} of each, nearest first
 * @param secure whether it was set up by a {@code sips} URI
 * @param early whether the INVITE has no final answer yet
 */
public record Dialog(
        DialogId id,
        boolean inviter,
        String local,
        String remote,
        String contact,
        String remoteTarget,
        long localSequence,
        long remoteSequence,
        List<String> routeSet,
        boolean secure,
        boolean early) {

    private static final int MAX_FORWARDS = 70;

    public Dialog {
        routeSet = List.copyOf(routeSet);
    }

    /** A request of ours, and the dialog after it. */
    public record Next(SipRequest request, Dialog dialog) {}

    /**
     * As UAS, from an INVITE (RFC 3261 12.1.1); early.
     *
     * @param contact our Contact for this dialog, {@code <uri>}
     */
    public static Dialog fromUas(SipRequest invite, String localTag, String contact) {
        return new Dialog(
                new DialogId(
                        invite.callId(), localTag, DialogId.tag(invite.from().tag())),
                false,
                withoutTag(invite.to()),
                withoutTag(invite.from()),
                contact,
                target(invite, invite.from().uri()),
                0,
                invite.cseq().number(),
                invite.recordRoutes().stream().map(NameAddress::toString).toList(),
                invite.requestUri().scheme().equals("sips"),
                true);
    }

    /** As UAC, from our INVITE and a response to it with a To tag (RFC 3261 12.1.2); early unless it is a 2xx. */
    public static Dialog fromUac(SipRequest invite, SipResponse response) {
        return new Dialog(
                DialogId.of(response),
                true,
                withoutTag(invite.from()),
                withoutTag(invite.to()),
                invite.contacts().getFirst().toString(),
                target(response, invite.requestUri()),
                invite.cseq().number(),
                -1,
                response.recordRoutes().reversed().stream()
                        .map(NameAddress::toString)
                        .toList(),
                invite.requestUri().scheme().equals("sips"),
                !response.success());
    }

    /** Whether a request from the peer carries this dialog's Call-ID and tags; else it is answered 481. */
    public boolean matches(SipRequest received) {
        return id.equals(DialogId.of(received));
    }

    /** Whether a response is to a request of this dialog. */
    public boolean matches(SipResponse received) {
        return id.equals(DialogId.of(received));
    }

    /** Whether a request's number is higher than those before; else it is answered 500 (RFC 3261 12.2.2). */
    public boolean inOrder(SipRequest received) {
        return received.cseq().number() > remoteSequence;
    }

    /** After a request from the peer. Its Contact counts once it is accepted: {@link #refreshed}. */
    public Dialog received(SipRequest request) {
        return with(remoteTarget, localSequence, request.cseq().number(), early);
    }

    /** After an INVITE or UPDATE of either side was accepted: the peer's Contact is its new target. */
    public Dialog refreshed(SipMessage fromPeer) {
        return with(target(fromPeer, uri(remoteTarget)), localSequence, remoteSequence, early);
    }

    /** Answered: no longer early. */
    public Dialog confirmed() {
        return with(remoteTarget, localSequence, remoteSequence, false);
    }

    /** Continues the peer's numbers of the early dialog this one came from. */
    Dialog after(Dialog earlier) {
        return with(remoteTarget, localSequence, Math.max(remoteSequence, earlier.remoteSequence), early);
    }

    /** The next request of ours, with our Contact and without a Via or body (RFC 3261 12.2.1.1). */
    public Next request(String method) {
        Dialog next = with(remoteTarget, localSequence + 1, remoteSequence, early);
        return new Next(next.build(method, next.localSequence), next);
    }

    /** The ACK to a 2xx, always the same for the same INVITE (RFC 3261 13.2.2.4). */
    public SipRequest ack(long inviteSequence) {
        return build("ACK", inviteSequence);
    }

    /** Where a request goes: its first route, else the target (RFC 3261 8.1.2). */
    public Uri nextHop() {
        return routeSet.isEmpty()
                ? uri(remoteTarget)
                : route(routeSet.getFirst()).uri();
    }

    private SipRequest build(String method, long sequence) {
        Uri requestUri = uri(remoteTarget);
        List<String> routes = routeSet;
        if (!routes.isEmpty() && route(routes.getFirst()).uri() instanceof SipUri strict && !strict.looseRouting()) {
            routes = new ArrayList<>(routes.subList(1, routes.size()));
            routes.add("<" + remoteTarget + ">");
            requestUri = new SipUri(
                    strict.scheme(),
                    strict.user(),
                    strict.password(),
                    strict.host(),
                    strict.port(),
                    strict.params().without("method"),
                    Params.NONE);
        }
        Headers.Builder headers = Headers.builder()
                .addEach("Route", routes)
                .add("Max-Forwards", Integer.toString(MAX_FORWARDS))
                .add("From", tagged(local, id.localTag()))
                .add("To", tagged(remote, id.remoteTag()))
                .add("Call-ID", id.callId())
                .add("CSeq", new CSeq(sequence, method).toString());
        if (!method.equals("BYE")) {
            headers.add("Contact", contact);
        }
        return new SipRequest(method, requestUri, headers.build());
    }

    private Dialog with(String target, long ours, long theirs, boolean stillEarly) {
        return new Dialog(id, inviter, local, remote, contact, target, ours, theirs, routeSet, secure, stillEarly);
    }

    private static String withoutTag(NameAddress address) {
        return address.withParams(address.params().without("tag")).toString();
    }

    private static String tagged(String address, String tag) {
        return tag.isEmpty() ? address : address + ";tag=" + tag;
    }

    private static String target(SipMessage message, Uri otherwise) {
        List<NameAddress> contacts = message.contacts();
        return (contacts.isEmpty() ? otherwise : contacts.getFirst().uri()).toString();
    }

    private static Uri uri(String text) {
        return Uri.parse(text).orElseThrow(() -> new IllegalStateException("a dialog holds a target that is no URI"));
    }

    private static NameAddress route(String text) {
        return NameAddress.parse(text)
                .orElseThrow(() -> new IllegalStateException("a dialog holds a route that is no address"));
    }
}
