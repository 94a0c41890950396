package io.segue.flow;

import io.segue.agent.Agent;
import io.segue.audit.Actor;
import io.segue.call.Call;
import io.segue.call.CallEffect;
import io.segue.call.CallEffect.Hearing;
import io.segue.call.CallEvent;
import io.segue.call.CallId;
import io.segue.call.CallStep;
import io.segue.call.CallTimer;
import io.segue.call.Plans;
import io.segue.call.Supervision;
import io.segue.call.SupervisionEvent;
import io.segue.contact.Identity;
import io.segue.flow.contact.ContactSide;
import io.segue.flow.contact.Redaction;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.leg.Negotiation;
import io.segue.flow.leg.SipLeg;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegListener;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.oversight.OversightOutside;
import io.segue.flow.oversight.OversightSide;
import io.segue.flow.phone.Phones;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Timers;
import io.segue.handoff.Attempt;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.Reason;
import io.segue.sip.dialog.News;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private final Caller shownFrom;
    private final ContactSide contact;
    private final SupervisorSide supervisor;
    private final CallRecorder recorder;
    private final Plans plans;
    private final Consumer<LiveCall> ended;
    private final Timers<CallTimer> timers;
    private final Deque<CallEvent> events = new ArrayDeque<>();
    private final Map<String, LegEvent.Measure> measures = new HashMap<>();
    private final long bornWall;
    private final long born;
    private boolean stepping;
    private boolean answered;
    private CallThread.@Nullable Timer lifetime;
    private boolean faulty;
    private @Nullable Long endedAt;
    private @Nullable String endReason;
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
        this.born = outside.nanos().getAsLong();
        this.bornWall = outside.wallMillis().getAsLong();
        this.call = Call.of(id, from.from(), from.to(), entry, born, Instant.ofEpochMilli(bornWall));
        this.redaction = new Redaction(outside.contacts().redactor());
        this.shownFrom = redaction.of(from);
        this.contact = new ContactSide(outside.contacts(), from, mailbox, this::messagesCame);
        this.recorder = new CallRecorder(outside, mailbox, () -> call, this::facts);
        this.timers = new Timers<>(mailbox, timer -> on(new CallEvent.Expired(timer)));
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
        this.people = new OversightSide(
                id.hex(),
                entry,
                new OversightOutside(
                        outside.settings().node(),
                        outside.deciders(),
                        outside.audit(),
                        outside.events(),
                        outside.webhooks(),
                        outside.wallMillis()),
                mailbox,
                redaction,
                this);
        this.humans = new HumanSide(
                id.hex(),
                outside,
                mailbox,
                phones,
                caller,
                shownFrom,
                call.policy().prewarmListen(),
                this::on);
        this.supervisor = new SupervisorSide(id, outside, mailbox, phones, caller, shownFrom, new Floor());
    }

    /** Where a supervisor joins in. */
    private final class Floor implements SupervisorSide.Floor {
        @Override
        public void joinCaller(@Nullable MediaLeg voice) {
            caller.join(voice);
        }

        @Override
        public void joinHuman(@Nullable MediaLeg voice) {
            humans.join(voice);
        }

        @Override
        public void supervised(Supervision supervision, String what, Actor by) {
            LOG.infof("%s %s %s (%s)", supervision.id(), what, supervision.mode(), supervision.human());
            recorder.supervision(supervision, what, by);
        }
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
            contact.begin();
        }
        before.handoff()
                .filter(h -> !h.requested() && after.handoff().isEmpty())
                .ifPresent(wasted -> outside.counters().prewarmsWasted.increment());
        if (before.stage() != after.stage()) {
            LOG.infof("%s %s -> %s (%s)", after.id(), before.stage(), after.stage(), name(event));
            if (after.stage() == Call.Stage.ENDED) {
                endedAt = outside.nanos().getAsLong();
                endReason = event instanceof CallEvent.CallerGone(var detail) ? detail : name(event);
            }
        }
        result.effects().forEach(this::carryOut);
        if (answered && CallRecorder.isNews(before, after)) {
            recorder.changed(before, after);
        }
        if (before.stage() != Call.Stage.ENDED && after.stage() == Call.Stage.ENDED) {
            finish();
        }
    }

    /** A handoff that has told its human already tells them again. */
    private void messagesCame() {
        if (call.stage() != Call.Stage.ENDED) {
            call.handoff().stream()
                    .flatMap(handoff -> handoff.attempts().stream())
                    .filter(attempt -> attempt.stage() != Attempt.Stage.OVER)
                    .map(Attempt::human)
                    .filter(Objects::nonNull)
                    .forEach(recorder::context);
        }
    }

    /** Whether it is with any of these; from any thread. */
    boolean isWith(Set<Identity> identities) {
        return contact.known().identities().stream().anyMatch(identities::contains);
    }

    /** From any thread. */
    void forgetMessages() {
        mailbox.post(contact::forget);
    }

    private void finish() {
        supervisor.on(new SupervisionEvent.CallOver());
        if (answered) {
            recorder.ended();
        }
        if (lifetime != null) {
            lifetime.cancel();
        }
        agent.stop("ended");
        people.close();
        humans.close();
        timers.stopAll();
        caller.close();
        ended.accept(this);
    }

    private void carryOut(CallEffect effect) {
        switch (effect) {
            case CallEffect.ConnectAgent(var resumed) -> agent.connect(resumed);
            case CallEffect.StopAgent(var why) -> {
                agent.stop(why);
                people.over();
            }
            case CallEffect.TellAgent(var handoff, var state, var reason) -> agent.handoff(handoff, state, reason);
            case CallEffect.TellReturned returned -> agent.returned(returned, this::wall);
            case CallEffect.CallerHears(Hearing what) -> caller.hears(what, humans::media);
            case CallEffect.Measure(var t0) -> caller.media().measureFrom(t0);
            case CallEffect.AwaitUtteranceEnd wait -> caller.media().playout().awaitUtteranceEnd();
            case CallEffect.ReleaseCaller(var why) -> caller.release(why);
            case CallEffect.Start(var timer, var ms) -> timers.start(timer, ms);
            case CallEffect.Stop(var timer) -> timers.stop(timer);
            case CallEffect.OfHandoff(var id, var wanted) -> ofHandoff(id, wanted);
        }
    }

    private void ofHandoff(String id, HandoffEffect effect) {
        Handoff handoff = call.handoffs().stream()
                .filter(h -> h.id().equals(id))
                .findFirst()
                .orElseThrow();
        if (effect instanceof HandoffEffect.Tell(var state, var reason)) {
            LOG.infof("%s %s (%s)", id, state, reason);
            recorder.handoff(call, handoff, state);
        } else {
            humans.carryOut(handoff, effect, recorder);
        }
    }

    @Override
    public void markPlayed(String name) {
        agent.markPlayed(name);
    }

    @Override
    public void digit(char digit, boolean byRtp) {
        agent.digit(digit);
        if (call.stage() == Call.Stage.WITH_HUMAN) {
            call.handoff().map(Handoff::winner).ifPresent(leg -> humans.digit(leg, digit, byRtp));
        }
    }

    @Override
    public void switchedTo(MediaLeg leg, long atNanos, LegEvent.Measure measure) {
        humans.legOf(leg).ifPresent(name -> {
            call.handoff().ifPresent(handoff -> measures.putIfAbsent(handoff.id(), measure));
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
        agent.stop("fault");
        people.abandon();
        if (lifetime != null) {
            lifetime.cancel();
        }
        timers.stopAll();
        caller.close();
        ended.accept(this);
        writeDownAsEnded();
    }

    private void writeDownAsEnded() {
        try {
            long now = outside.nanos().getAsLong();
            endedAt = now;
            endReason = "fault";
            call = CallStep.step(call, new CallEvent.CallerGone("fault"), plans, now)
                    .call();
            if (answered) {
                recorder.ended();
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "call %s could not be written down as ended", call.id());
        }
    }

    private BigDecimal wall(long nanos) {
        return BigDecimal.valueOf(bornWall * 1000 + Math.round((nanos - born) / 1e3), 3);
    }

    private CallDocuments.Facts facts() {
        List<LegRecord> legs = new ArrayList<>();
        Negotiation negotiation = caller.negotiation();
        legs.add(new LegRecord(
                "caller",
                null,
                from.sipCallId(),
                caller.dialog().orElse(null),
                negotiation.agreement(),
                negotiation.local(),
                caller.media().timeline()));
        call.handoffs().forEach(handoff -> legs.addAll(humans.legs(handoff)));
        legs.addAll(supervisor.legs());
        return new CallDocuments.Facts(
                shownFrom,
                outside.settings().node(),
                this::wall,
                born,
                endedAt,
                endReason,
                Map.copyOf(measures),
                legs,
                contact.known(),
                supervisor.latest().orElse(null));
    }

    /** As the outside sees it. */
    Map<String, Object> document() {
        return CallRecord.shown(CallDocuments.call(call, facts()));
    }

    /** Whether one of its legs has this Call-ID. */
    boolean hasLeg(String sipCallId) {
        return from.sipCallId().equals(sipCallId) || humans.hasLeg(sipCallId) || supervisor.hasLeg(sipCallId);
    }

    static String name(Call.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
