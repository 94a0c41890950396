package io.segue.flow.phone;

import io.segue.flow.leg.DigitsOut;
import io.segue.flow.leg.Flows;
import io.segue.flow.leg.LegRecord;
import io.segue.flow.leg.Negotiation;
import io.segue.flow.leg.SipLeg;
import io.segue.flow.leg.SipRoutes;
import io.segue.flow.media.LegEvent;
import io.segue.flow.media.LegListener;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.MediaPlane;
import io.segue.flow.media.MediaPlane.Opening;
import io.segue.flow.media.Source;
import io.segue.flow.thread.Mailbox;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import io.segue.sdp.Codec;
import io.segue.sip.dialog.Command;
import io.segue.sip.dialog.News;
import io.segue.sip.dialog.Outbound;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.transaction.Destination;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A phone that is called by INVITE. Used on the thread of its mailbox. */
final class InvitePhone implements Phone {
    /**
     * Whom to call, and how to get there.
     *
     * @param anew the same human where they are now, to bring back a call whose page was loaded anew
     */
    record Target(
            @Nullable String human,
            Function<String, Outbound> invite,
            @Nullable Destination way,
            Supplier<Optional<Target>> anew) {}

    private final Mailbox mailbox;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final LongSupplier nanos;
    private final Listener listener;
    private final @Nullable MediaLeg media;
    private final @Nullable Negotiation negotiation;
    private final @Nullable DigitsOut digits;
    private Target target;
    private @Nullable SipLeg sip;
    private Flows.Cancel watching = () -> {};
    private boolean up;
    private boolean calledAnew;
    private boolean over;
    private boolean holding;

    InvitePhone(
            Target target,
            @Nullable Codec codec,
            @Nullable MediaLeg near,
            MediaPlane plane,
            Mailbox mailbox,
            SipRoutes routes,
            SessionMachine machine,
            LongSupplier nanos,
            Listener listener) {
        this.target = target;
        this.mailbox = mailbox;
        this.routes = routes;
        this.machine = machine;
        this.nanos = nanos;
        this.listener = listener;
        this.media = open(target.way(), near, plane, mailbox) instanceof Opening.Opened(var leg) ? leg : null;
        Negotiation terms = media == null ? null : new Negotiation(media, codec);
        this.negotiation = terms;
        this.digits = media == null || terms == null
                ? null
                : new DigitsOut(mailbox.thread(), media, terms::agreement, this::tell);
    }

    /** Who is reached down a WebSocket is a browser, and speaks no plain RTP. */
    private Opening open(@Nullable Destination way, @Nullable MediaLeg near, MediaPlane plane, Mailbox mailbox) {
        LegListener told = event -> mailbox.guarded(() -> on(event));
        return way != null && way.transport().isWebSocket()
                ? plane.openSecure(mailbox.thread(), told)
                : plane.open(mailbox.thread(), told, near);
    }

    @Override
    public void begin() {
        if (negotiation == null) {
            end();
            listener.failed(Reason.NO_PORT, "no RTP port is free");
            return;
        }
        call(negotiation.offer());
    }

    private void call(String offer) {
        SipLeg.outgoing(
                mailbox, routes, machine, nanos, target.way(), target.invite().apply(offer), leg -> {
                    sip = leg;
                    return news -> {
                        if (sip == leg) {
                            on(news);
                        }
                    };
                });
        watching.cancel();
        watching = routes.flows().watch(target.way(), new Page());
    }

    /** The page that has the phone; posts what happens to it to the phone's thread. */
    private final class Page implements Flows.Watcher {
        private boolean there = true;
        private int losses;

        @Override
        public void lost() {
            post(() -> {
                there = false;
                // Each loss has its own time: that of an earlier one, from which the page came back, does not end this.
                int loss = ++losses;
                listener.reachable(false);
                goneLaterUnless(() -> there || losses != loss, "the WebSocket of its page is gone");
            });
        }

        @Override
        public void back() {
            post(() -> {
                there = true;
                listener.reachable(true);
            });
        }

        @Override
        public void replaced() {
            post(() -> {
                there = true;
                callAnew();
            });
        }

        /** While it rings nothing has to be said: its INVITE fails. */
        private void post(Runnable task) {
            mailbox.post(() -> {
                if (up) {
                    task.run();
                }
            });
        }
    }

    /** The same media, another dialog: the caller's stream does not know of it. */
    private void callAnew() {
        Target next = target.anew().get().orElse(null);
        SipLeg before = sip;
        Negotiation terms = negotiation;
        if (next == null || terms == null) {
            gone("its page was loaded anew and did not register");
            return;
        }
        holding = true;
        calledAnew = true;
        listener.holds(true);
        target = next;
        call(terms.offer());
        SipLeg now = sip;
        if (before != null) {
            before.tell(new Command.HangUp(List.of(io.segue.sip.dialog.Reason.NORMAL)));
        }
        goneLaterUnless(() -> !calledAnew || sip != now, "its page was loaded anew and did not take the call up");
    }

    private void goneLaterUnless(BooleanSupplier saved, String evidence) {
        mailbox.thread()
                .schedule(
                        routes.flows().keptMs(),
                        () -> mailbox.guarded(() -> {
                            if (up && !saved.getAsBoolean()) {
                                gone(evidence);
                            }
                        }));
    }

    private void gone(String evidence) {
        tell(new Command.HangUp(List.of(io.segue.sip.dialog.Reason.NORMAL)));
        if (up) {
            end();
            listener.gone(evidence);
        }
    }

    @Override
    public boolean rings() {
        return true;
    }

    @Override
    public MediaLeg media() {
        if (media == null) {
            throw new IllegalStateException("the phone has failed for want of a port");
        }
        return media;
    }

    @Override
    public void hear(Source source) {
        media().hear(source);
    }

    @Override
    public void digits(String wanted) {
        if (digits != null && up) {
            digits.press(wanted);
        }
    }

    @Override
    public void relayed(char digit) {
        if (digits != null && up) {
            digits.relayed(digit);
        }
    }

    @Override
    public void drop(Why why) {
        SipLeg leg = sip;
        if (leg != null && !over) {
            leg.tell(new Command.HangUp(reasons(why)));
        }
        if (up) {
            end();
        }
    }

    private static List<io.segue.sip.dialog.Reason> reasons(Why why) {
        return switch (why) {
            case ANSWERED_ELSEWHERE -> List.of(io.segue.sip.dialog.Reason.COMPLETED_ELSEWHERE);
            case NO_ANSWER -> List.of(io.segue.sip.dialog.Reason.q850(19, "No answer from user"));
            case NO_MEDIA -> List.of(io.segue.sip.dialog.Reason.q850(41, "No media"));
            case LET_GO, CALLER_GONE, GIVEN_BACK -> List.of(io.segue.sip.dialog.Reason.NORMAL);
        };
    }

    @Override
    public LegRecord leg() {
        SipLeg leg = sip;
        return new LegRecord(
                "human",
                target.human(),
                leg == null ? "" : leg.callId(),
                leg == null ? null : leg.dialog().orElse(null),
                negotiation == null ? null : negotiation.agreement(),
                negotiation == null ? "" : negotiation.local(),
                media == null ? null : media.timeline());
    }

    /** Sends the human something beside the audio. */
    void inform(String contentType, String body) {
        if (sip != null && up) {
            sip.tell(new Command.Inform(contentType, body));
        }
    }

    private void on(News news) {
        Negotiation terms = negotiation;
        if (terms == null || over && !(news instanceof News.AnsweredLate)) {
            return;
        }
        switch (news) {
            case News.Progress progress -> {
                if (progress.status() >= 180) {
                    listener.ringing();
                }
            }
            case News.Answered(var sdp) -> answered(terms, sdp);
            case News.AnsweredLate(var sdp) -> answered(terms, sdp);
            case News.RemoteChanged(var sdp) -> remoteChanged(terms, sdp);
            case News.OfferAsked asked -> tell(new Command.Accept(terms.offer()));
            case News.Failed failed -> {
                boolean was = up;
                String evidence = failed.status() + " " + failed.reason();
                end();
                if (was) {
                    listener.gone(evidence);
                } else {
                    listener.failed(why(failed), evidence);
                }
            }
            case News.Ended ended -> {
                boolean was = up;
                end();
                if (was) {
                    listener.gone(ended.why() + " " + ended.status() + " " + ended.reasons());
                } else {
                    listener.failed(Reason.HUMAN_NO_ANSWER, ended.why() + " " + ended.status());
                }
            }
            case News.Digit(var digit) -> listener.digit(digit, false);
            case News.Offered _, News.Established _, News.OfferRefused _, News.Info _ -> {}
        }
    }

    private void answered(Negotiation terms, String sdp) {
        if (up) {
            if (terms.answered(sdp)) {
                if (calledAnew) {
                    calledAnew = false;
                    listener.reachable(true);
                }
                toldWhetherHeld(terms);
            }
        } else if (over) {
            tell(new Command.HangUp(List.of(io.segue.sip.dialog.Reason.COMPLETED_ELSEWHERE)));
        } else if (terms.answered(sdp)) {
            up = true;
            listener.answered();
        } else {
            end();
            tell(new Command.HangUp(List.of(io.segue.sip.dialog.Reason.sip(488, "Not acceptable here"))));
            listener.failed(Reason.HUMAN_NO_SDP, "the answer names no codec that was offered");
        }
    }

    private void remoteChanged(Negotiation terms, String sdp) {
        terms.answer(sdp)
                .ifPresentOrElse(
                        answer -> tell(new Command.Accept(answer)),
                        () -> tell(new Command.Refuse(488, "Not Acceptable Here")));
        toldWhetherHeld(terms);
    }

    private void toldWhetherHeld(Negotiation terms) {
        boolean now = terms.held();
        if (now != holding) {
            holding = now;
            listener.holds(now);
        }
    }

    private static Reason why(News.Failed failed) {
        return switch (failed.fault()) {
            case REFUSED -> ofStatus(failed.status());
            case NO_SDP -> Reason.HUMAN_NO_SDP;
            case NO_RESPONSE, UNREACHABLE, CHALLENGED -> Reason.HUMAN_UNREACHABLE;
        };
    }

    private static Reason ofStatus(int status) {
        return switch (status) {
            case 486, 600 -> Reason.HUMAN_BUSY;
            case 408, 480, 487 -> Reason.HUMAN_NO_ANSWER;
            case 404, 410, 500, 502, 503, 504, 604 -> Reason.HUMAN_UNREACHABLE;
            default -> Reason.HUMAN_DECLINED;
        };
    }

    private void on(LegEvent event) {
        if (over) {
            return;
        }
        switch (event) {
            case LegEvent.FirstPacket first -> listener.heard();
            // A phone that has gone mute leaves the caller the filler, as one that holds does.
            case LegEvent.RtpLost lost -> listener.holds(true);
            case LegEvent.RtpBack back -> listener.holds(holding);
            case LegEvent.Digit(var digit) -> listener.digit(digit, true);
            case LegEvent.Gone gone -> mediaGone(gone.why());
            case LegEvent.Switched _,
                    LegEvent.MarkPlayed _,
                    LegEvent.UtteranceEnded _,
                    LegEvent.Talking _,
                    LegEvent.Playing _,
                    LegEvent.SoundEnded _ -> {}
        }
    }

    /** A page that is loaded anew closes its connection too: it may come back for as long as one that has lost its WebSocket. */
    private void mediaGone(LegEvent.Gone.Why why) {
        if (!up) {
            tell(new Command.HangUp(List.of(io.segue.sip.dialog.Reason.q850(41, "No media"))));
            end();
            listener.failed(Reason.HUMAN_NO_MEDIA, "media " + why);
        } else if (why == LegEvent.Gone.Why.CLOSED) {
            SipLeg closed = sip;
            holding = true;
            listener.reachable(false);
            listener.holds(true);
            goneLaterUnless(() -> sip != closed, "its page has closed the media");
        } else if (!calledAnew) {
            gone("media " + why);
        }
    }

    private void tell(Command command) {
        SipLeg leg = sip;
        if (leg != null) {
            leg.tell(command);
        }
    }

    private void end() {
        watching.cancel();
        over = true;
        up = false;
        if (media != null) {
            media.close();
        }
    }
}
