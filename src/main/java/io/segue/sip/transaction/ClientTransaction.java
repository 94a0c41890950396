package io.segue.sip.transaction;

import io.segue.sip.message.SipResponse;

/** What the two client machines share: the request, its repeats (timers A and E), and the end of the wait for its answer (B and F). */
abstract sealed class ClientTransaction extends Transaction permits InviteClient, OtherClient {
    final ClientEffects effects;
    private final ClientTransactionId id;
    private final long repeatMsMax;
    private ClientRequest sent;

    /** @param repeatMsMax the longest time between two repeats that nothing has answered */
    ClientTransaction(
            ClientTransactionId id, ClientRequest request, long repeatMsMax, Limits limits, ClientEffects effects) {
        super(limits, effects);
        this.effects = effects;
        this.id = id;
        this.sent = request;
        this.repeatMsMax = repeatMsMax;
    }

    /** Whether nothing has answered yet. */
    abstract boolean isUnanswered();

    /** Whether the final answer has not come yet. */
    abstract boolean isWaiting();

    /** The machine's state is TERMINATED from now on. */
    abstract void becomeTerminated();

    abstract void receive(SipResponse response, long now);

    final ClientTransactionId id() {
        return id;
    }

    final ClientRequest request() {
        return sent;
    }

    final void start(long now) {
        repeatFromT1(sent.outgoing().isReliable(), now);
        endAt = now + limits.lifetimeMs();
        effects.send(sent.outgoing());
    }

    /**
     * The request could not be sent, or its connection is lost. Once the peer has answered that means nothing, for its answer comes to our Via; but
     * down a lost WebSocket no answer can come.
     */
    final void transportFailed(long now) {
        boolean onlyWay = sent.outgoing().to().transport().isWebSocket();
        if (onlyWay ? !isWaiting() : !isUnanswered()) {
            return;
        }
        ClientRequest other = sent.fallback();
        if (other != null) {
            sent = other;
            start(now);
        } else {
            terminate();
            effects.transportError(id);
        }
    }

    @Override
    final void repeat(long now) {
        if (isUnanswered()) {
            repeatLater(repeatMsMax, now);
        } else {
            repeatAt = now + limits.t2Ms();
        }
        effects.send(sent.outgoing().repeated());
    }

    @Override
    final void expire(long now) {
        boolean waiting = isWaiting();
        terminate();
        if (waiting) {
            effects.timeout(id);
        }
    }

    private void terminate() {
        becomeTerminated();
        repeatAt = NEVER;
        endAt = NEVER;
        effects.ended(this);
    }
}
