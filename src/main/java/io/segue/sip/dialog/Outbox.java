package io.segue.sip.dialog;

import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.ServerTransactionId;
import java.util.ArrayList;
import java.util.List;

/** What one step asks for, with what it may draw on. Lives for one step. */
final class Outbox {
    final Identifiers ids;
    final Limits limits;
    final long nowMs;
    private final List<Effect> effects = new ArrayList<>();

    Outbox(Identifiers ids, Limits limits, long nowMs) {
        this.ids = ids;
        this.limits = limits;
        this.nowMs = nowMs;
    }

    void respond(ServerTransactionId id, SipResponse response) {
        effects.add(new Effect.Respond(id, response));
    }

    void request(SipRequest request) {
        effects.add(new Effect.Request(request));
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void start(TimerKind kind, long delayMs) {
        effects.add(new Effect.StartTimer(kind, delayMs));
    }

    void stop(TimerKind kind) {
        effects.add(new Effect.StopTimer(kind));
    }

    void ended(News.Who who, News.Why why, int status, List<Reason> reasons) {
        effects.add(new News.Ended(who, why, status, reasons));
    }

    Step to(Session session) {
        return new Step(session, List.copyOf(effects));
    }
}
