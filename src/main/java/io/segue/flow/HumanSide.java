package io.segue.flow;

import io.segue.call.CallEvent;
import io.segue.flow.desk.Desk;
import io.segue.flow.leg.Caller;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.flow.phone.Phone;
import io.segue.flow.phone.Phones;
import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Timers;
import io.segue.handoff.Attempt;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEffect;
import io.segue.handoff.HandoffEffect.Afterwards;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffTimer;
import io.segue.handoff.Reason;
import io.segue.human.PresenceState;
import io.segue.human.Queue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out what a handoff wants: finds humans, rings their phones, lets them hear. Used on the call's thread. */
final class HumanSide {
    private final String callId;
    private final Outside outside;
    private final Mailbox mailbox;
    private final Phones phones;
    private final CallerSide caller;
    private final Caller from;
    private final boolean prewarmListen;
    private final Consumer<CallEvent> listener;
    private final Map<String, Phone> up = new ConcurrentSkipListMap<>();
    private final Map<String, LegRecord> past = new ConcurrentSkipListMap<>();
    /** Legs that hear the caller. */
    private final Set<String> hearing = new HashSet<>();

    private @Nullable MediaLeg joined;
    private final Map<String, Desk.Cancel> awaiting = new HashMap<>();
    private final Timers<TimerKey> timers;
    private final Timers<Held> renewals;

    private record TimerKey(HandoffTimer timer, String leg) {}

    private record Held(String human, String handoff) {}

    HumanSide(
            String callId,
            Outside outside,
            Mailbox mailbox,
            Phones phones,
            CallerSide caller,
            Caller from,
            boolean prewarmListen,
            Consumer<CallEvent> listener) {
        this.callId = callId;
        this.outside = outside;
        this.mailbox = mailbox;
        this.phones = phones;
        this.caller = caller;
        this.from = from;
        this.prewarmListen = prewarmListen;
        this.listener = listener;
        this.timers = new Timers<>(mailbox, key -> tell(new HandoffEvent.Expired(key.timer(), key.leg())));
        this.renewals = new Timers<>(mailbox, this::renew);
    }

    Optional<MediaLeg> media(String leg) {
        return Optional.ofNullable(up.get(leg)).map(Phone::media);
    }

    /** The leg whose phone has this media. */
    Optional<String> legOf(MediaLeg media) {
        return up.entrySet().stream()
                .filter(e -> e.getValue().media() == media)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The caller pressed a digit; one that came by RTP is taken on by the media plane where the phone knows it. */
    void digit(String leg, char digit, boolean byRtp) {
        Phone phone = up.get(leg);
        if (phone != null && byRtp) {
            phone.relayed(digit);
        } else if (phone != null) {
            phone.digits(String.valueOf(digit));
        }
    }

    /** Whether a phone was called with this Call-ID; from any thread. */
    boolean hasLeg(String sipCallId) {
        return up.values().stream().anyMatch(phone -> phone.leg().sipCallId().equals(sipCallId))
                || past.values().stream().anyMatch(leg -> leg.sipCallId().equals(sipCallId));
    }

    /** The phones' legs, for the records; of those that are over only whose they were and their Call-ID. */
    List<LegRecord> legs(Handoff handoff) {
        List<LegRecord> legs = new ArrayList<>();
        for (Attempt attempt : handoff.attempts()) {
            Phone phone = up.get(attempt.leg());
            LegRecord over = past.get(attempt.leg());
            if (phone != null) {
                legs.add(phone.leg());
            } else if (over != null) {
                legs.add(over);
            }
        }
        return legs;
    }

    /** @param recorder tells the context: before a phone is told to ring, but after one that is up has been taken */
    void carryOut(Handoff handoff, HandoffEffect effect, CallRecorder recorder) {
        switch (effect) {
            case HandoffEffect.Reserve(var round, var queue, var skills, var except, var prewarm) ->
                reserve(handoff, round, queue, skills, except, prewarm);
            case HandoffEffect.Release(var human, var afterwards) -> release(handoff, human, afterwards);
            case HandoffEffect.AwaitFree(var queue) -> await(handoff, queue);
            case HandoffEffect.StopAwaiting stop -> stopAwaiting(handoff);
            case HandoffEffect.RaiseLeg(var leg, var human) -> {
                Phone phone = phones.ring(human, request(handoff), mailbox, new Hearing(leg));
                if (phone.rings()) {
                    recorder.contextNow(human);
                    outside.desk().state(human, handoff.id(), PresenceState.RINGING);
                } else {
                    recorder.context(human);
                }
                raise(leg, phone);
            }
            case HandoffEffect.RaiseOutside(var leg, var uri) -> {
                recorder.contextNow(uri);
                raise(leg, phones.ringOutside(uri, request(handoff), mailbox, new Hearing(leg)));
            }
            case HandoffEffect.DropLeg(var leg, var why) -> {
                Phone phone = up.get(leg);
                hearing.remove(leg);
                if (phone != null) {
                    phone.drop(why);
                }
            }
            case HandoffEffect.LetHear(var leg) -> {
                Phone phone = up.get(leg);
                if (phone != null) {
                    hearing.add(leg);
                    phone.hear(ofCaller());
                    handoff.attempt(leg).map(Attempt::human).ifPresent(human -> outside.desk()
                            .state(human, handoff.id(), PresenceState.TALKING));
                }
            }
            case HandoffEffect.LetWait(var leg) -> {
                Phone phone = up.get(leg);
                if (phone != null && prewarmListen) {
                    phone.hear(new Source.Leg(caller.media()));
                } else if (phone != null) {
                    phone.media().hear(new Source.Filler(new Source.Sound.Tone()));
                }
            }
            case HandoffEffect.Start(var timer, var leg, var ms) -> timers.start(new TimerKey(timer, leg), ms);
            case HandoffEffect.Stop(var timer, var leg) -> timers.stop(new TimerKey(timer, leg));
            case HandoffEffect.Switch _,
                    HandoffEffect.Unswitch _,
                    HandoffEffect.AwaitUtteranceEnd _,
                    HandoffEffect.Tell _ -> {}
        }
    }

    private Source ofCaller() {
        Source alone = new Source.Leg(caller.media());
        MediaLeg voice = joined;
        return voice == null ? alone : new Source.Mix(alone, List.of(voice));
    }

    /** Whoever hears the caller hears this voice too; none: no longer. */
    void join(@Nullable MediaLeg voice) {
        if (joined != voice) {
            joined = voice;
            for (String leg : hearing) {
                Phone phone = up.get(leg);
                if (phone != null) {
                    phone.hear(ofCaller());
                }
            }
        }
    }

    private Phones.Request request(Handoff handoff) {
        return new Phones.Request(
                callId, handoff.id(), from, caller.media(), caller.negotiation().codec(), null);
    }

    private void raise(String leg, Phone phone) {
        up.put(leg, phone);
        phone.begin();
    }

    private void reserve(
            Handoff handoff, int round, Queue queue, Set<String> skills, Set<String> except, boolean prewarm) {
        Desk.Request request = new Desk.Request(
                handoff.id(),
                callId,
                queue.id(),
                skills,
                except,
                queue.ring() == Queue.Ring.ALL ? Integer.MAX_VALUE : 1,
                outside.settings().reservationLeaseMs(),
                prewarm);
        outside.desk().reserve(request).whenComplete((outcome, failure) -> {
            // A full mailbox must not leak the humans: those of a lost answer come free when the lease expires.
            mailbox.post(() -> reserved(handoff.id(), round, outcome, failure));
        });
    }

    private void reserved(String handoff, int round, Desk.@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure == null && outcome instanceof Desk.Outcome.Reserved(var humans)) {
            humans.forEach(human -> renewLater(new Held(human, handoff)));
            tell(new HandoffEvent.Reserved(handoff, round, humans));
        } else {
            tell(new HandoffEvent.NoneFree(handoff, round));
        }
    }

    private void renewLater(Held held) {
        renewals.start(held, Math.max(1, outside.settings().reservationLeaseMs() / 3));
    }

    private void renew(Held held) {
        outside.desk().renew(held.human(), held.handoff());
        renewLater(held);
    }

    private void release(Handoff handoff, String human, Afterwards afterwards) {
        renewals.stop(new Held(human, handoff.id()));
        outside.desk()
                .release(
                        human,
                        handoff.id(),
                        switch (afterwards) {
                            case SAME_PLACE -> Desk.After.SAME_PLACE;
                            case END_OF_LINE -> Desk.After.END_OF_LINE;
                            case UNANSWERED -> Desk.After.UNANSWERED;
                        });
    }

    private void await(Handoff handoff, String queue) {
        stopAwaiting(handoff);
        awaiting.put(
                handoff.id(),
                outside.desk().whenFree(queue, () -> mailbox.post(() -> tell(new HandoffEvent.SomebodyFree()))));
    }

    private void stopAwaiting(Handoff handoff) {
        Desk.Cancel cancel = awaiting.remove(handoff.id());
        if (cancel != null) {
            cancel.cancel();
        }
    }

    private void tell(HandoffEvent event) {
        listener.accept(new CallEvent.OfHandoff(event));
    }

    /** Lets go of everything that the end of a call leaves behind; phones end by themselves. */
    void close() {
        timers.stopAll();
        renewals.stopAll();
        awaiting.values().forEach(Desk.Cancel::cancel);
        awaiting.clear();
    }

    /** For what went wrong in us. */
    void abandon() {
        up.values().forEach(phone -> phone.drop(HandoffEffect.Why.CALLER_GONE));
        renewals.keys().forEach(held -> outside.desk().release(held.human(), held.handoff(), Desk.After.SAME_PLACE));
        close();
    }

    private void over(String leg) {
        hearing.remove(leg);
        Phone phone = up.remove(leg);
        if (phone != null && !phone.leg().sipCallId().isEmpty()) {
            past.put(leg, phone.leg().past());
        }
    }

    private final class Hearing implements Phone.Listener {
        private final String leg;

        Hearing(String leg) {
            this.leg = leg;
        }

        @Override
        public void ringing() {
            tell(new HandoffEvent.LegRinging(leg));
        }

        @Override
        public void answered() {
            tell(new HandoffEvent.LegAnswered(leg));
        }

        @Override
        public void heard() {
            tell(new HandoffEvent.LegHeard(leg));
        }

        @Override
        public void failed(Reason why, String evidence) {
            over(leg);
            tell(new HandoffEvent.LegFailed(leg, why, evidence));
        }

        @Override
        public void gone(String evidence) {
            over(leg);
            tell(new HandoffEvent.LegGone(leg, evidence));
        }

        @Override
        public void holds(boolean holding) {
            listener.accept(new CallEvent.HumanHolds(holding));
        }

        @Override
        public void digit(char digit, boolean byRtp) {
            caller.digitOf(leg, digit, byRtp);
        }
    }
}
