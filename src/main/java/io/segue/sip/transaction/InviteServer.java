package io.segue.sip.transaction;

import org.jspecify.annotations.Nullable;

/** The INVITE server transaction (RFC 3261 17.2.1 with RFC 6026 7.1). */
final class InviteServer extends Transaction implements ServerTransaction {
    /** States of RFC 6026 figure 7. */
    enum State {
        /** Await the user's final answer; say 100 when it takes its time. */
        PROCEEDING,
        /** Repeat the refusal until it is acknowledged. */
        COMPLETED,
        /** Swallow repeats of the ACK. */
        CONFIRMED,
        /** Swallow repeats of the INVITE; the user repeats the 2xx. */
        ACCEPTED,
        TERMINATED
    }

    /** What came of an ACK that matches by its branch. */
    enum Acknowledged {
        ABSORBED,
        /** It acknowledges a 2xx: the user's. */
        FOR_THE_USER
    }

    private final ServerRequest request;
    private final Effects effects;
    private State state = State.PROCEEDING;
    private @Nullable Outgoing last;
    private @Nullable String toTag;
    private @Nullable ServerTransactionId heldCancel;

    InviteServer(ServerRequest request, Limits limits, Effects effects, long now) {
        super(limits, effects);
        this.effects = effects;
        this.request = request;
        repeatAt = now + limits.tryingMs();
        endAt = now + limits.proceedingMsMax();
    }

    @Override
    public ServerRequest request() {
        return request;
    }

    @Override
    public void repeated() {
        switch (state) {
            case PROCEEDING -> {
                if (last == null) {
                    trying();
                } else {
                    last = last.repeated();
                    effects.send(last);
                }
            }
            case COMPLETED -> {
                if (last != null) {
                    last = last.repeated();
                    effects.send(last);
                }
            }
            case CONFIRMED, ACCEPTED, TERMINATED -> {}
        }
    }

    private void trying() {
        repeatAt = NEVER;
        last = request.answer(100, "Trying");
        effects.send(last);
    }

    @Override
    public boolean respond(Outgoing response, long now) {
        int status = response.status();
        boolean success = status >= 200 && status < 300;
        if (state == State.ACCEPTED && success) {
            effects.send(response.repeated());
            return true;
        }
        if (state != State.PROCEEDING) {
            return false;
        }
        last = response;
        effects.send(response);
        if (status < 200) {
            repeatAt = NEVER;
        } else if (success) {
            state = State.ACCEPTED;
            lingerFor(limits.lifetimeMs(), now);
        } else {
            state = State.COMPLETED;
            repeatFromT1(response.isReliable(), now);
            endAt = now + limits.lifetimeMs();
        }
        return true;
    }

    Acknowledged acknowledge(long now) {
        return switch (state) {
            case COMPLETED -> {
                state = State.CONFIRMED;
                lingerFor(last != null && last.isReliable() ? 0 : limits.t4Ms(), now);
                yield Acknowledged.ABSORBED;
            }
            case ACCEPTED -> Acknowledged.FOR_THE_USER;
            case PROCEEDING, CONFIRMED, TERMINATED -> Acknowledged.ABSORBED;
        };
    }

    /** The To tag of the user's answers so far. */
    @Nullable
    String toTag() {
        return toTag;
    }

    void toTag(String tag) {
        toTag = tag;
    }

    /** The CANCEL of this INVITE waits for {@link #toTag}. */
    void holdCancel(ServerTransactionId cancel) {
        heldCancel = cancel;
    }

    @Nullable
    ServerTransactionId takeHeldCancel() {
        ServerTransactionId held = heldCancel;
        heldCancel = null;
        return held;
    }

    /** Whether an ACK with this To tag can be meant, where no branch says so (RFC 3261 17.2.3). */
    boolean answeredWith(@Nullable String tag) {
        return toTag == null || toTag.equals(tag);
    }

    boolean awaitsFinalAnswer() {
        return state == State.PROCEEDING;
    }

    @Override
    void repeat(long now) {
        switch (state) {
            case PROCEEDING -> trying();
            case COMPLETED -> {
                repeatLater(limits.t2Ms(), now);
                if (last != null) {
                    last = last.repeated();
                    effects.send(last);
                }
            }
            case CONFIRMED, ACCEPTED, TERMINATED -> {}
        }
    }

    @Override
    void expire(long now) {
        if (state == State.PROCEEDING) {
            respond(request.answer(500, "Server Internal Error"), now);
        } else {
            state = State.TERMINATED;
            effects.ended(this);
        }
    }

    State state() {
        return state;
    }
}
