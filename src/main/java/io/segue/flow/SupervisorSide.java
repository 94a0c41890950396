package io.segue.flow;

import io.segue.audit.Actor;
import io.segue.call.CallId;
import io.segue.call.Supervision;
import io.segue.call.SupervisionEffect;
import io.segue.call.SupervisionEvent;
import io.segue.call.SupervisionStep;
import io.segue.flow.desk.Desk;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.flow.phone.Phone;
import io.segue.flow.phone.Phones;
import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Timers;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import io.segue.human.PresenceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The supervisor of a call, if it has one: held at the desk, rung, let hear both sides, and heard by whom the mode says. Used on the call's thread but for {@link #hasLeg}.
 */
final class SupervisorSide {
    private static final Logger LOG = Logger.getLogger(SupervisorSide.class);

    private final CallId call;
    private final Outside outside;
    private final Mailbox mailbox;
    private final Phones phones;
    private final CallerSide caller;
    private final Caller from;
    private final HumanSide humans;
    private final CallRecorder recorder;
    private final List<LegRecord> past = new CopyOnWriteArrayList<>();
    private final Timers<Wait> timers;
    private int ordinal;
    private @Nullable Supervision supervision;
    private volatile @Nullable Phone phone;

    /** What is waited for. */
    private enum Wait {
        RINGING,
        RENEWAL
    }

    SupervisorSide(
            CallId call,
            Outside outside,
            Mailbox mailbox,
            Phones phones,
            CallerSide caller,
            Caller from,
            HumanSide humans,
            CallRecorder recorder) {
        this.call = call;
        this.outside = outside;
        this.mailbox = mailbox;
        this.phones = phones;
        this.caller = caller;
        this.from = from;
        this.humans = humans;
        this.recorder = recorder;
        this.timers = new Timers<>(mailbox, this::expired);
    }

    /** The latest one, which may be over. */
    Optional<Supervision> latest() {
        return Optional.ofNullable(supervision);
    }

    /** The one that is going on. */
    Optional<Supervision> current() {
        return latest().filter(known -> !known.over());
    }

    /** A supervisor is wanted, or another mode of the one that there is; nobody else may supervise then. */
    void ask(String human, Supervision.Mode mode, Actor by) {
        if (current().isPresent()) {
            on(new SupervisionEvent.Wanted(mode, by));
        } else {
            carryOut(SupervisionStep.ask(call, ++ordinal, human, mode, by));
        }
    }

    void on(SupervisionEvent event) {
        Supervision now = supervision;
        if (now != null) {
            carryOut(SupervisionStep.step(now, event));
        }
    }

    private void tell(Supervision now, String what, Actor by) {
        LOG.infof("%s %s %s (%s)", now.id(), what, now.mode(), now.human());
        recorder.supervision(now, what, by);
    }

    /** News of one supervision do not concern the next. */
    private boolean isLatest(String id) {
        return latest().filter(known -> known.id().equals(id)).isPresent();
    }

    private void carryOut(SupervisionStep.Result result) {
        Supervision now = result.supervision();
        supervision = now;
        result.effects().forEach(effect -> carryOut(now, effect));
    }

    private void carryOut(Supervision now, SupervisionEffect effect) {
        switch (effect) {
            case SupervisionEffect.Reserve reserve -> reserve(now);
            case SupervisionEffect.Release release -> {
                timers.stopAll();
                outside.desk().release(now.human(), now.id(), Desk.After.SAME_PLACE);
            }
            case SupervisionEffect.Ring(var ms) -> ring(now, ms);
            case SupervisionEffect.LetHear hear -> letHear(now);
            case SupervisionEffect.Join(var toCaller, var toHuman) -> join(toCaller, toHuman);
            case SupervisionEffect.Drop(var why) -> {
                Phone up = phone;
                if (up != null) {
                    over();
                    up.drop(why);
                }
            }
            case SupervisionEffect.Tell(var what, var by) -> tell(now, what, by);
        }
    }

    private void reserve(Supervision now) {
        outside.desk()
                .take(now.human(), now.id(), call.hex(), outside.settings().reservationLeaseMs())
                .whenComplete((taken, failure) -> {
                    boolean ours = failure == null && taken;
                    // A full mailbox must not leak the human: one of a lost answer comes free when the lease expires.
                    mailbox.post(() ->
                            reserved(now, ours ? new SupervisionEvent.Reserved() : new SupervisionEvent.NotFree()));
                });
    }

    private void reserved(Supervision asked, SupervisionEvent outcome) {
        if (isLatest(asked.id())) {
            on(outcome);
        } else if (outcome instanceof SupervisionEvent.Reserved) {
            outside.desk().release(asked.human(), asked.id(), Desk.After.SAME_PLACE);
        }
    }

    private void ring(Supervision now, long ms) {
        timers.start(Wait.RINGING, ms);
        renewLater();
        Hearing hearing = new Hearing(now.id());
        Phone rung = phones.ring(
                now.human(),
                new Phones.Request(
                        call.hex(),
                        now.id(),
                        from,
                        caller.media(),
                        caller.negotiation().codec(),
                        now.mode().wire()),
                mailbox,
                hearing);
        hearing.own = rung;
        phone = rung;
        if (rung.rings()) {
            outside.desk().state(now.human(), now.id(), PresenceState.RINGING);
        }
        rung.begin();
    }

    private void letHear(Supervision now) {
        timers.stop(Wait.RINGING);
        outside.desk().state(now.human(), now.id(), PresenceState.TALKING);
        Phone up = phone;
        if (up != null) {
            up.hear(new Source.Mix(new Source.HeardBy(caller.media()), List.of(caller.media())));
        }
    }

    private void join(boolean toCaller, boolean toHuman) {
        Phone up = phone;
        MediaLeg voice = up == null ? null : up.media();
        caller.join(toCaller ? voice : null);
        humans.join(toHuman ? voice : null);
    }

    private void expired(Wait what) {
        switch (what) {
            case RINGING -> on(new SupervisionEvent.RangInVain());
            case RENEWAL ->
                current().ifPresent(now -> {
                    outside.desk().renew(now.human(), now.id());
                    renewLater();
                });
        }
    }

    private void renewLater() {
        timers.start(Wait.RENEWAL, Math.max(1, outside.settings().reservationLeaseMs() / 3));
    }

    /** The supervisor's legs, for the records. */
    List<LegRecord> legs() {
        List<LegRecord> legs = new ArrayList<>(past);
        Phone up = phone;
        if (up != null) {
            legs.add(asSupervisor(up.leg()));
        }
        return legs;
    }

    private static LegRecord asSupervisor(LegRecord leg) {
        return new LegRecord(
                "supervisor",
                leg.human(),
                leg.sipCallId(),
                leg.dialog(),
                leg.agreement(),
                leg.localSdp(),
                leg.timeline());
    }

    /** Whether a phone was called with this Call-ID; from any thread. */
    boolean hasLeg(String sipCallId) {
        Phone up = phone;
        return up != null && up.leg().sipCallId().equals(sipCallId)
                || past.stream().anyMatch(leg -> leg.sipCallId().equals(sipCallId));
    }

    /** For what went wrong in us. */
    void abandon() {
        timers.stopAll();
        Phone up = phone;
        if (up != null) {
            up.drop(Why.CALLER_GONE);
        }
        current().ifPresent(now -> outside.desk().release(now.human(), now.id(), Desk.After.SAME_PLACE));
    }

    private void over() {
        Phone was = phone;
        phone = null;
        if (was != null && !was.leg().sipCallId().isEmpty()) {
            past.add(asSupervisor(was.leg()).past());
        }
    }

    private final class Hearing implements Phone.Listener {
        private final String id;
        private @Nullable Phone own;

        Hearing(String id) {
            this.id = id;
        }

        @Override
        public void ringing() {}

        @Override
        public void answered() {
            Phone answering = own;
            if (isLatest(id) && phone == answering) {
                on(new SupervisionEvent.Answered());
            } else if (answering != null) {
                // It crossed the end.
                answering.drop(Why.LET_GO);
            }
        }

        @Override
        public void heard() {}

        @Override
        public void failed(Reason why, String evidence) {
            ended(new SupervisionEvent.Failed(why.wire() + " " + evidence));
        }

        @Override
        public void gone(String evidence) {
            ended(new SupervisionEvent.Gone(evidence));
        }

        /** The voices are taken out while the leg is still known. */
        private void ended(SupervisionEvent how) {
            if (isLatest(id)) {
                on(how);
                over();
            }
        }

        @Override
        public void holds(boolean holding) {}

        @Override
        public void digit(char digit, boolean byRtp) {}
    }
}
