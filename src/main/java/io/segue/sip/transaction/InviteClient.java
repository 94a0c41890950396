package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The INVITE client transaction (RFC 3261 17.1.1 with RFC 6026 7.2). */
final class InviteClient extends Transaction implements ClientTransaction {
    /** States of RFC 6026 figure 5. */
    enum State {
        /** Repeat the INVITE until something answers. */
        CALLING,
        /** Await the final answer. */
        PROCEEDING,
        /** Answer repeats of the refusal with the ACK. */
        COMPLETED,
        /** Pass repeats of the 2xx on. */
        ACCEPTED,
        TERMINATED
    }

    private final ClientTransactionId id;
    private final ClientEffects effects;
    private State state = State.CALLING;
    private ClientRequest sent;
    private @Nullable Outgoing ack;
    private @Nullable String cancelReason;
    private boolean cancelWanted;

    InviteClient(ClientTransactionId id, ClientRequest request, Limits limits, ClientEffects effects) {
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
        int status = response.status();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (status < 200) {
                    proceed(response, now);
                } else if (status < 300) {
                    state = State.ACCEPTED;
                    lingerFor(limits.lifetimeMs(), now);
                    effects.response(id, response);
                } else {
                    refuse(response, now);
                }
            }
            case COMPLETED -> {
                if (status >= 300 && ack != null) {
                    ack = ack.repeated();
                    effects.send(ack);
                }
            }
            case ACCEPTED -> {
                if (status >= 200 && status < 300) {
                    effects.stray2xx(response);
                }
            }
            case TERMINATED -> {}
        }
    }

    private void proceed(SipResponse response, long now) {
        if (state == State.CALLING) {
            state = State.PROCEEDING;
            repeatAt = NEVER;
            endAt = now + limits.proceedingMsMax();
            if (cancelWanted) {
                cancelNow(now);
            }
        }
        effects.response(id, response);
    }

    private void refuse(SipResponse response, long now) {
        state = State.COMPLETED;
        SipRequest request = sent.request();
        ack = Outbound.request(
                ClientRequests.ack(request, response), sent.outgoing().to(), null);
        effects.send(ack);
        lingerFor(limits.absorbMs(ack.isReliable()), now);
        effects.response(id, response);
    }

    /** Cancels once a provisional answer has come (RFC 3261 9.1); without effect after a final one. */
    void cancel(@Nullable String reason, long now) {
        if (cancelWanted || (state != State.CALLING && state != State.PROCEEDING)) {
            return;
        }
        cancelWanted = true;
        cancelReason = reason;
        if (state == State.PROCEEDING) {
            cancelNow(now);
        }
    }

    private void cancelNow(long now) {
        endAt = now + limits.lifetimeMs();
        effects.cancelNow(this);
    }

    ClientRequest request() {
        return sent;
    }

    @Nullable
    String cancelReason() {
        return cancelReason;
    }

    /** Once the peer has answered, a lost connection means nothing: its answer comes to our Via. */
    @Override
    public void transportFailed(long now) {
        if (state != State.CALLING) {
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
        if (state == State.CALLING) {
            repeatLater(Long.MAX_VALUE / 4, now);
            effects.send(sent.outgoing().repeated());
        }
    }

    @Override
    void expire(long now) {
        boolean waiting = state == State.CALLING || state == State.PROCEEDING;
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
