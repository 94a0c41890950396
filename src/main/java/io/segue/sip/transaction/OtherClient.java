package io.segue.sip.transaction;

import io.segue.sip.message.SipResponse;

/** The non-INVITE client transaction (RFC 3261 17.1.2). */
final class OtherClient extends Transaction implements ClientTransaction {
    /** States of RFC 3261 figure 6. */
    enum State {
        /** Repeat the request until something answers. */
        TRYING,
        /** Repeat it every T2 until the final answer. */
        PROCEEDING,
        /** Swallow repeats of the final answer. */
        COMPLETED,
        TERMINATED
    }

    private final ClientTransactionId id;
    private final ClientEffects effects;
    private State state = State.TRYING;
    private ClientRequest sent;

    OtherClient(ClientTransactionId id, ClientRequest request, Limits limits, ClientEffects effects) {
        super(limits, effects);
        this.effects = effects;
        this.id = id;
        this.sent = request;
    }

    @Override
    public ClientTransactionId id() {
        return id;
    }

    @Override
    public void start(long now) {
        repeatFromT1(sent.outgoing().isReliable(), now);
        endAt = now + limits.lifetimeMs();
        effects.send(sent.outgoing());
    }

    @Override
    public void receive(SipResponse response, long now) {
        if (state != State.TRYING && state != State.PROCEEDING) {
            return;
        }
        if (response.status() < 200) {
            state = State.PROCEEDING;
        } else {
            state = State.COMPLETED;
            lingerFor(sent.outgoing().isReliable() ? 0 : limits.t4Ms(), now);
        }
        effects.response(id, response);
    }

    @Override
    public void transportFailed(long now) {
        if (state != State.TRYING) {
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
    void repeat(long now) {
        if (state == State.TRYING) {
            repeatLater(limits.t2Ms(), now);
        } else {
            repeatAt = now + limits.t2Ms();
        }
        effects.send(sent.outgoing().repeated());
    }

    @Override
    void expire(long now) {
        boolean waiting = state != State.COMPLETED;
        terminate();
        if (waiting) {
            effects.timeout(id);
        }
    }

    private void terminate() {
        state = State.TERMINATED;
        repeatAt = NEVER;
        endAt = NEVER;
        effects.ended(this);
    }

    State state() {
        return state;
    }
}
