package io.segue.sip.transaction;

import org.jspecify.annotations.Nullable;

/** The non-INVITE server transaction (RFC 3261 17.2.2). */
final class OtherServer extends Transaction implements ServerTransaction {
    /** States of RFC 3261 figure 8. */
    enum State {
        /** Await the user's answer. */
        TRYING,
        /** Answer repeats with the provisional answer. */
        PROCEEDING,
        /** Answer repeats with the final one. */
        COMPLETED,
        TERMINATED
    }

    private final ServerRequest request;
    private final Effects effects;
    private State state = State.TRYING;
    private @Nullable Outgoing last;

    OtherServer(ServerRequest request, Limits limits, Effects effects, long now) {
        super(limits, effects);
        this.effects = effects;
        this.request = request;
        endAt = now + limits.lifetimeMs();
    }

    @Override
    public ServerRequest request() {
        return request;
    }

    @Override
    public void repeated() {
        if (last != null && state != State.TERMINATED) {
            last = last.repeated();
            effects.send(last);
        }
    }

    @Override
    public boolean respond(Outgoing response, long now) {
        if (state != State.TRYING && state != State.PROCEEDING) {
            return false;
        }
        last = response;
        if (response.status() < 200) {
            state = State.PROCEEDING;
            effects.send(response);
        } else {
            state = State.COMPLETED;
            effects.send(response);
            lingerFor(response.isReliable() ? 0 : limits.lifetimeMs(), now);
        }
        return true;
    }

    @Override
    void repeat(long now) {
        throw new IllegalStateException("a non-INVITE server transaction repeats nothing of itself");
    }

    /** Also when the user never answered: a late answer would meet nobody (RFC 4320). */
    @Override
    void expire(long now) {
        state = State.TERMINATED;
        effects.ended(this);
    }

    State state() {
        return state;
    }
}
