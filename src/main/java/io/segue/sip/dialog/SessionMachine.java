package io.segue.sip.dialog;

import io.segue.sip.message.SipRequest;
import io.segue.sip.transaction.ServerTransactionId;

/**
 * The life of a leg, from either side (RFC 3261 13 to 15): {@link #incoming} or {@link #outgoing} starts it, {@link #step} is everything
 * after. No state of its own; the same machine serves all legs.
 */
public final class SessionMachine {
    private final Identifiers ids;
    private final Limits limits;

    public SessionMachine(Identifiers ids, Limits limits) {
        this.ids = ids;
        this.limits = limits;
    }

    /**
     * A caller's INVITE without a To tag.
     *
     * @param contact our Contact for this dialog, {@code <uri>}
     */
    public Step incoming(ServerTransactionId id, SipRequest invite, String contact, long nowMs) {
        return IncomingSteps.begin(id, invite, contact, new Outbox(ids, limits, nowMs));
    }

    /** Calls somebody. */
    public Step outgoing(Outbound outbound, long nowMs) {
        return OutgoingSteps.begin(outbound, new Outbox(ids, limits, nowMs));
    }

    /** A leg that another process had up. An offer that was open there is forgotten. */
    public static Session resume(Dialog stored) {
        return new Session.Confirmed(stored.confirmed(), null, null);
    }

    /** What follows from an event. */
    public Step step(Session session, Event event, long nowMs) {
        Outbox out = new Outbox(ids, limits, nowMs);
        return switch (session) {
            case Session.Incoming incoming -> IncomingSteps.step(incoming, event, out);
            case Session.Outgoing outgoing -> OutgoingSteps.step(outgoing, event, out);
            case Session.Confirmed confirmed -> ConfirmedSteps.step(confirmed, event, out);
            case Session.Closing closing -> ClosingSteps.step(closing, event, out);
            case Session.Closed closed -> ClosingSteps.step(closed, event, out);
        };
    }
}
