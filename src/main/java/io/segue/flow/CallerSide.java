package io.segue.flow;

import io.segue.agent.Agent;
import io.segue.call.CallEffect.Hearing;
import io.segue.call.CallEffect.Release;
import io.segue.call.CallEvent;
import io.segue.flow.leg.DigitsOut;
import io.segue.flow.leg.Negotiation;
import io.segue.flow.leg.SipLeg;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.flow.thread.CallThread;
import io.segue.handoff.HandoffEvent;
import io.segue.sip.dialog.Command;
import io.segue.sip.dialog.Dialog;
import io.segue.sip.dialog.News;
import io.segue.sip.dialog.Reason;
import io.segue.sip.message.Headers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The caller's leg: anchored here, answered once, never changed by what happens behind it. Used on the call's thread. */
final class CallerSide {
    /** What the media plane and the caller's signalling mean to the rest of the call. */
    interface Listener {
        void on(CallEvent event);

        void markPlayed(String name);

        /**
         * The caller pressed a digit.
         *
         * @param byRtp else by SIP INFO, which nobody hears who hears the caller
         */
        void digit(char digit, boolean byRtp);

        /** The caller now hears this leg: the handoff's T4. */
        void switchedTo(MediaLeg leg, long atNanos, LegEvent.Measure measure);
    }

    private final Agent agent;
    private final int fillerAfterMs;
    private final MediaLeg media;
    private final Negotiation negotiation;
    private final Listener listener;
    private final String announcement;
    private final DigitsOut digits;
    /** The human's leg that the caller hears. */
    private @Nullable String human;

    private Source wanted = new Source.Silence();
    private @Nullable MediaLeg joined;
    private @Nullable SipLeg sip;
    private boolean answered;

    CallerSide(
            Agent agent, int fillerAfterMs, MediaLeg media, CallThread thread, String announcement, Listener listener) {
        this.agent = agent;
        this.fillerAfterMs = fillerAfterMs;
        this.media = media;
        this.announcement = announcement;
        this.listener = listener;
        this.negotiation = new Negotiation(media, null);
        this.digits = new DigitsOut(thread, media, negotiation::agreement, this::tell);
    }

    /** Takes the leg's signalling; its news go to what is returned. */
    Consumer<News> attach(SipLeg leg) {
        sip = leg;
        return this::news;
    }

    MediaLeg media() {
        return media;
    }

    Negotiation negotiation() {
        return negotiation;
    }

    Optional<Dialog> dialog() {
        return Optional.ofNullable(sip).flatMap(SipLeg::dialog);
    }

    private void news(News news) {
        switch (news) {
            case News.Offered(var sdp) -> negotiation.answer(sdp).ifPresentOrElse(this::accept, this::refuse);
            case News.OfferAsked asked -> {
                if (answered) {
                    tell(new Command.Accept(negotiation.offer()));
                } else {
                    accept(negotiation.offer());
                }
            }
            case News.Answered(var sdp) -> {
                if (!negotiation.answered(sdp)) {
                    tell(new Command.HangUp(List.of(Reason.sip(488, "Not acceptable here"))));
                }
            }
            case News.RemoteChanged(var sdp) ->
                negotiation
                        .answer(sdp)
                        .ifPresentOrElse(
                                answer -> tell(new Command.Accept(answer)),
                                () -> tell(new Command.Refuse(488, "Not Acceptable Here")));
            case News.Digit(var digit) -> {
                listener.digit(digit, false);
                listener.on(new CallEvent.Digit(digit));
            }
            case News.Ended ended ->
                listener.on(new CallEvent.CallerGone(ended.why() + " " + ended.status() + " " + ended.reasons()));
            case News.Failed failed -> listener.on(new CallEvent.CallerGone(failed.status() + " " + failed.reason()));
            case News.Progress _, News.Established _, News.AnsweredLate _, News.OfferRefused _, News.Info _ -> {}
        }
    }

    private void accept(String sdp) {
        tell(new Command.Answer(sdp));
        answered = true;
        listener.on(new CallEvent.Answered());
    }

    private void refuse() {
        tell(new Command.Reject(
                488, "Not Acceptable Here", Headers.of("Warning", "305 segue \"PCMU or PCMA wanted\"")));
    }

    private void tell(Command command) {
        SipLeg leg = sip;
        if (leg == null) {
            throw new IllegalStateException("the caller's leg has no signalling yet");
        }
        leg.tell(command);
    }

    void media(LegEvent event) {
        switch (event) {
            case LegEvent.Switched(var source, var at, var measure) -> {
                MediaLeg leg = source.saidBy();
                if (leg != null) {
                    listener.switchedTo(leg, at, measure);
                }
            }
            case LegEvent.Digit(var digit) -> {
                listener.digit(digit, true);
                listener.on(new CallEvent.Digit(digit));
            }
            case LegEvent.MarkPlayed(var name) -> listener.markPlayed(name);
            case LegEvent.UtteranceEnded ended ->
                listener.on(new CallEvent.OfHandoff(new HandoffEvent.UtteranceEnded()));
            case LegEvent.Talking(var speaking, var at) -> listener.on(new CallEvent.CallerTalking(speaking));
            case LegEvent.Playing(var playing, var at) -> listener.on(new CallEvent.AgentPlaying(playing));
            case LegEvent.SoundEnded(var id) -> {
                if (id.equals(announcement)) {
                    listener.on(new CallEvent.AnnouncementEnded());
                }
            }
            case LegEvent.FirstPacket _, LegEvent.RtpLost _, LegEvent.RtpBack _, LegEvent.Gone _ -> {}
        }
    }

    /** @param phones finds the media of a human's leg */
    void hears(Hearing what, Function<String, Optional<MediaLeg>> phones) {
        human = what instanceof Hearing.TheHuman(var leg) ? leg : null;
        wanted = switch (what) {
            case Hearing.TheAgent(var comfort) ->
                new Source.Playout(comfort ? new Source.Comfort(filler(), fillerAfterMs) : null);
            case Hearing.TheFiller filler -> new Source.Filler(filler());
            case Hearing.TheAnnouncement said -> new Source.Filler(new Source.Sound.Once(announcement));
            case Hearing.TheHuman(var leg) ->
                phones.apply(leg)
                        .map(found -> (Source) new Source.Leg(found))
                        .orElseGet(() -> new Source.Filler(filler()));
        };
        hearWanted();
    }

    /** The caller hears this voice on top of whatever else; none: no longer. */
    void join(@Nullable MediaLeg voice) {
        if (joined != voice) {
            joined = voice;
            hearWanted();
        }
    }

    private void hearWanted() {
        MediaLeg voice = joined;
        media.hear(voice == null ? wanted : new Source.Mix(wanted, List.of(voice)));
    }

    /** Digits for the caller; not those that the media plane takes on. */
    void digits(String wanted) {
        digits.press(wanted);
    }

    /** A human pressed a digit: for the caller, if it is the one that the caller hears. */
    void digitOf(String leg, char digit, boolean byRtp) {
        if (leg.equals(human) && byRtp) {
            digits.relayed(digit);
        } else if (leg.equals(human)) {
            digits.press(String.valueOf(digit));
        }
    }

    private Source.Sound filler() {
        return sound(agent.filler());
    }

    static Source.Sound sound(String filler) {
        if (filler.equals("ringback")) {
            return new Source.Sound.Ringback();
        }
        return filler.startsWith("file:")
                ? new Source.Sound.File(filler.substring("file:".length()))
                : new Source.Sound.Tone();
    }

    void release(Release why) {
        tell(new Command.HangUp(List.of(Reason.q850(why.q850(), why.text()))));
    }

    /** For what went wrong in us: the caller is not left in silence. */
    void abandon() {
        SipLeg leg = sip;
        if (leg != null) {
            leg.tell(new Command.HangUp(List.of(Reason.q850(41, "Temporary failure"))));
        }
    }

    /** Lets go of the media; the signalling ends by itself. */
    void close() {
        media.untap();
        media.close();
    }
}
