package io.segue.flow;

import io.segue.agent.Agent;
import io.segue.call.Call;
import io.segue.call.CallEvent;
import io.segue.call.CallId;
import io.segue.call.CallStep;
import io.segue.call.CallTimer;
import io.segue.call.Plans;
import io.segue.call.SupervisionEvent;
import io.segue.contact.Identity;
import io.segue.flow.contact.ContactSide;
import io.segue.flow.contact.Redaction;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.SipLeg;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegListener;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.oversight.OversightSide;
import io.segue.flow.phone.Phones;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Timers;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.Reason;
import io.segue.sip.dialog.News;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A call while it lives: its mailbox, its state, and who carries out what a step asks for. Everything but {@link #post} and {@link
 * #document} happens on the call's thread.
 */
final class LiveCall implements CallerSide.Listener, OversightSide.Host {
    private static final Logger LOG = Logger.getLogger(LiveCall.class);

    private final Outside outside;
    private final Mailbox mailbox;
    private final Caller from;
    private final CallerSide caller;
    private final AgentSide agent;
    private final HumanSide humans;
    private final OversightSide people;
    private final Redaction redaction;
    private final ContactSide contact;
    private final SupervisorSide supervisor;
    private final CallRecorder recorder;
    private final RecordingSide recording;
    private final Plans plans;
    private final Consumer<LiveCall> ended;
    private final CallHands hands;
    private final Deque<CallEvent> events = new ArrayDeque<>();
    private final CallFacts facts;
    private boolean stepping;
    private boolean answered;
    private CallThread.@Nullable Timer lifetime;
    private boolean faulty;
    private volatile Call call;

    /** @param ended told once, when nothing of the call is left to do */
    LiveCall(
            CallId id,
            Agent entry,
            Caller from,
            MediaLegs legs,
            Outside outside,
            Mailbox mailbox,
            Phones phones,
            Plans plans,
            Consumer<LiveCall> ended) {
        this.outside = outside;
        this.mailbox = mailbox;
        this.from = from;
        this.plans = plans;
        this.ended = ended;
        this.redaction = new Redaction(outside.contacts().redactor());
        Caller shownFrom = redaction.of(from);
        this.facts = new CallFacts(shownFrom, outside);
        this.call = Call.of(id, from.from(), from.to(), entry, facts.born(), facts.bornAt());
        this.recorder = new CallRecorder(outside, mailbox, () -> call, this::facts);
        this.contact = new ContactSide(outside.contacts(), from, mailbox, recorder::messagesCame);
        MediaLeg media = legs.open(event -> mailbox.guarded(() -> media(event)));
        this.caller = new CallerSide(
                entry,
                call.policy().fillerAfterMs(),
                media,
                mailbox.thread(),
                outside.settings().announcement(),
                this);
        this.agent = new AgentSide(
                id,
                entry,
                from,
                media,
                caller::digits,
                outside.agents(),
                mailbox.thread(),
                redaction,
                this::guarded,
                event -> mailbox.guarded(() -> people().heard(event)));
        this.people = new OversightSide(id.hex(), entry, outside.oversight(), mailbox, redaction, this);
        this.humans = new HumanSide(
                id.hex(),
                outside,
                mailbox,
                phones,
                caller,
                shownFrom,
                call.policy().prewarmListen(),
                this::on);
        this.supervisor = new SupervisorSide(id, outside, mailbox, phones, caller, shownFrom, humans, recorder);
        this.recording = new RecordingSide(id, outside, mailbox, media, recorder);
        this.hands = new CallHands(caller, agent, people, humans, recorder, facts, timers(mailbox));
    }

    private Timers<CallTimer> timers(Mailbox own) {
        return new Timers<>(own, timer -> on(new CallEvent.Expired(timer)));
    }

    /** Opens the caller's media leg, which the caller of the constructor knows to be there. */
    @FunctionalInterface
    interface MediaLegs {
        MediaLeg open(LegListener listener);
    }

    CallId id() {
        return call.id();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Takes the caller's signalling. */
    Consumer<News> attach(SipLeg leg) {
        return caller.attach(leg);
    }

    /** Whether there was room for it. */
    boolean post(CallEvent event) {
        return mailbox.post(() -> on(event));
    }

    Call state() {
        return call;
    }

    OversightSide people() {
        return people;
    }

    @Override
    public AgentSide agent() {
        return agent;
    }

    @Override
    public boolean agentIsHeard() {
        return call.stage() == Call.Stage.WITH_AGENT;
    }

    RecordingSide recording() {
        return recording;
    }

    SupervisorSide supervisor() {
        return supervisor;
    }

    private void guarded(CallEvent event) {
        mailbox.guarded(() -> on(event));
    }

    private void media(LegEvent event) {
        caller.media(event);
    }

    @Override
    public void on(CallEvent event) {
        if (faulty) {
            return;
        }
        events.add(redaction.of(event));
        if (stepping) {
            return;
        }
        stepping = true;
        try {
            for (CallEvent next = events.poll(); next != null; next = events.poll()) {
                step(next);
            }
        } finally {
            stepping = false;
        }
    }

    /** The one door through which a call changes: it is logged, carried out, written down and told. */
    private void step(CallEvent event) {
        Call before = call;
        CallStep.Result result =
                CallStep.step(before, event, plans, outside.nanos().getAsLong());
        Call after = result.call();
        call = after;
        if (event instanceof CallEvent.AgentAsked asked) {
            contact.toldBy(asked.context());
        }
        if (event instanceof CallEvent.Answered) {
            answered = true;
            lifetime = mailbox.thread()
                    .schedule(outside.settings().callMsMax(), () -> guarded(new CallEvent.HangUp(Reason.TIME_LIMIT)));
            recorder.began(after);
            if (after.agent().recording()) {
                recording.begin();
            }
            contact.begin();
        }
        before.handoff()
                .filter(h -> !h.requested() && after.handoff().isEmpty())
                .ifPresent(wasted -> outside.counters().prewarmsWasted.increment());
        if (before.stage() != after.stage()) {
            LOG.infof("%s %s -> %s (%s)", after.id(), before.stage(), after.stage(), name(event));
            if (after.stage() == Call.Stage.ENDED) {
                facts.ended(
                        outside.nanos().getAsLong(),
                        event instanceof CallEvent.CallerGone(var detail) ? detail : name(event));
            }
        }
        result.effects().forEach(effect -> hands.carryOut(after, effect));
        if (answered && CallRecorder.isNews(before, after)) {
            recorder.changed(before, after);
        }
        if (before.stage() != Call.Stage.ENDED && after.stage() == Call.Stage.ENDED) {
            finish();
        }
    }

    /** Whether it is with any of these; from any thread. */
    boolean isWith(Set<Identity> identities) {
        return contact.known().identities().stream().anyMatch(identities::contains);
    }

    /** From any thread. */
    void forget() {
        mailbox.post(() -> {
            contact.forget();
            recording.forget();
        });
    }

    private void finish() {
        supervisor.on(new SupervisionEvent.CallOver());
        recording.end();
        if (answered) {
            recorder.ended();
        }
        if (lifetime != null) {
            lifetime.cancel();
        }
        agent.stop("ended");
        people.close();
        humans.close();
        hands.stop();
        caller.close();
        ended.accept(this);
    }

    @Override
    public void markPlayed(String name) {
        agent.markPlayed(name);
    }

    @Override
    public void digit(char digit, boolean byRtp) {
        agent.digit(digit);
        recording.digit();
        if (call.stage() == Call.Stage.WITH_HUMAN) {
            call.handoff().map(Handoff::winner).ifPresent(leg -> humans.digit(leg, digit, byRtp));
        }
    }

    @Override
    public void switchedTo(MediaLeg leg, long atNanos, LegEvent.Measure measure) {
        humans.legOf(leg).ifPresent(name -> {
            call.handoff().ifPresent(handoff -> facts.measured(handoff.id(), measure));
            on(new CallEvent.OfHandoff(new HandoffEvent.Switched(name, atNanos)));
        });
    }

    /** A step threw: a bug, which ends this call and no other. */
    void fault(Throwable bug) {
        LOG.errorf(bug, "call %s ends by a fault of ours", call.id());
        if (faulty) {
            return;
        }
        faulty = true;
        events.clear();
        caller.abandon();
        humans.abandon();
        supervisor.abandon();
        recording.end();
        agent.stop("fault");
        people.abandon();
        if (lifetime != null) {
            lifetime.cancel();
        }
        hands.stop();
        caller.close();
        ended.accept(this);
        writeDownAsEnded();
    }

    private void writeDownAsEnded() {
        try {
            long now = outside.nanos().getAsLong();
            facts.ended(now, "fault");
            call = CallStep.step(call, new CallEvent.CallerGone("fault"), plans, now)
                    .call();
            if (answered) {
                recorder.ended();
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "call %s could not be written down as ended", call.id());
        }
    }

    private CallDocuments.Facts facts() {
        return facts.of(call, caller, humans, supervisor, contact.known(), recording);
    }

    /** As the outside sees it. */
    Map<String, Object> document() {
        return CallRecord.shown(CallDocuments.call(call, facts()));
    }

    /** Whether one of its legs has this Call-ID. */
    boolean hasLeg(String sipCallId) {
        return from.sipCallId().equals(sipCallId) || humans.hasLeg(sipCallId) || supervisor.hasLeg(sipCallId);
    }

    @Override
    public Map<String, Object> context() {
        return CallDocuments.context(call, facts());
    }

    private static String name(CallEvent event) {
        return event instanceof CallEvent.OfHandoff(var of)
                ? of.getClass().getSimpleName()
                : event.getClass().getSimpleName();
    }
}
