package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/** The INVITE client transaction (RFC 3261 17.1.1 with RFC 6026 7.2). */
final class InviteClient extends ClientTransaction {
    private static final long UNBOUNDED_MS = Long.MAX_VALUE / 4;

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

    private State state = State.CALLING;
    private @Nullable Outgoing ack;
    private @Nullable String cancelReason;
    private boolean cancelWanted;

    InviteClient(ClientTransactionId id, ClientRequest request, Limits limits, ClientEffects effects) {
        super(id, request, UNBOUNDED_MS, limits, effects);
    }

    @Override
    void receive(SipResponse response, long now) {
        int status = response.status();
        switch (state) {
            case CALLING, PROCEEDING -> {
                if (status < 200) {
                    proceed(response, now);
                } else if (status < 300) {
                    state = State.ACCEPTED;
                    lingerFor(limits.lifetimeMs(), now);
                    effects.response(id(), response);
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
        effects.response(id(), response);
    }

    private void refuse(SipResponse response, long now) {
        state = State.COMPLETED;
        SipRequest request = request().request();
        ack = Outbound.request(
                ClientRequests.ack(request, response), request().outgoing().to(), null);
        effects.send(ack);
        lingerFor(limits.absorbMs(ack.isReliable()), now);
        effects.response(id(), response);
    }

    /** Cancels once a provisional answer has come (RFC 3261 9.1); without effect after a final one. */
    void cancel(@Nullable String reason, long now) {
        if (cancelWanted || !isWaiting()) {
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

    @Nullable
    String cancelReason() {
        return cancelReason;
    }

    @Override
    boolean isUnanswered() {
        return state == State.CALLING;
    }

    @Override
    boolean isWaiting() {
        return state == State.CALLING || state == State.PROCEEDING;
    }

    @Override
    void becomeTerminated() {
        state = State.TERMINATED;
    }

    State state() {
        return state;
    }
}
