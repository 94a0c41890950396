package io.segue.sip.transaction;

import io.segue.sip.message.SipResponse;

/** The non-INVITE client transaction (RFC 3261 17.1.2). */
final class OtherClient extends ClientTransaction {
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

    private State state = State.TRYING;

    OtherClient(ClientTransactionId id, ClientRequest request, Limits limits, ClientEffects effects) {
        super(id, request, limits.t2Ms(), limits, effects);
    }

    @Override
    void receive(SipResponse response, long now) {
        if (!isWaiting()) {
            return;
        }
        if (response.status() < 200) {
            state = State.PROCEEDING;
        } else {
            state = State.COMPLETED;
            lingerFor(request().outgoing().isReliable() ? 0 : limits.t4Ms(), now);
        }
        effects.response(id(), response);
    }

    @Override
    boolean isUnanswered() {
        return state == State.TRYING;
    }

    @Override
    boolean isWaiting() {
        return state == State.TRYING || state == State.PROCEEDING;
    }

    @Override
    void becomeTerminated() {
        state = State.TERMINATED;
    }

    State state() {
        return state;
    }
}
