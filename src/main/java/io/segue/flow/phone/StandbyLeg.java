package io.segue.flow.phone;

import io.segue.flow.leg.LegRecord;
import io.segue.flow.leg.SipRoutes;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import io.segue.flow.thread.Mailbox;
import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.message.Headers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The leg of one human who stands by, up for as long as they are there and lent to one call at a time; on a thread of its own choice. */
final class StandbyLeg implements Phone.Listener {
    private static final Logger LOG = Logger.getLogger(StandbyLeg.class);

    private final PhoneOutside outside;
    private final Owner owner;
    private final String human;
    private final Mailbox mailbox;
    private final InvitePhone phone;
    private volatile boolean up;
    private volatile boolean heard;
    private long packetsSeen;
    private final AtomicReference<@Nullable Loan> loan = new AtomicReference<>();
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    private boolean ending;
    private int checks;

    /** Whoever keeps the legs; told on the leg's thread. */
    interface Owner {
        void up(StandbyLeg leg);

        /** The leg may be brought back, but nobody can be reached by it now; {@link #up} says so when it is. */
        void outOfTouch(StandbyLeg leg);

        /** The leg is over, and not because it was ended. */
        void lost(StandbyLeg leg, String why);
    }

    /** @param anew where the human is when their page has been loaded anew */
    StandbyLeg(
            String human,
            Whereabouts at,
            Supplier<Optional<Whereabouts>> anew,
            PhoneOutside outside,
            SipRoutes routes,
            SessionMachine machine,
            Owner owner) {
        this.human = human;
        this.outside = outside;
        this.owner = owner;
        this.mailbox = outside.mailboxes().open(fault -> {
            LOG.errorf(fault, "the standby leg of %s ends by a fault of ours", human);
            end();
            lost("fault");
        });
        this.phone = new InvitePhone(
                target(human, at, anew, routes),
                null,
                null,
                outside.media(),
                mailbox,
                routes,
                machine,
                outside.nanos(),
                this);
    }

    private static InvitePhone.Target target(
            String human, Whereabouts at, Supplier<Optional<Whereabouts>> anew, SipRoutes routes) {
        return new InvitePhone.Target(
                human, sdp -> GatewayPhones.outbound(routes, at, "segue", headers(), sdp), at.way(), () -> anew.get()
                        .map(there -> target(human, there, anew, routes)));
    }

    private static Headers headers() {
        return Headers.of(
                "X-Segue-Standby",
                "1",
                "Answer-Mode",
                "Auto",
                "Alert-Info",
                "<urn:alert:service:normal>;info=alert-autoanswer");
    }

    String human() {
        return human;
    }

    /** Done when the leg is over. */
    CompletableFuture<@Nullable Void> over() {
        return over;
    }

    void begin() {
        mailbox.post(phone::begin);
    }

    boolean isUp() {
        return up;
    }

    /** One that a call has ends when the call gives it back. */
    void end() {
        up = false;
        mailbox.post(() -> {
            ending = true;
            dropUnlessLent();
        });
    }

    private void dropUnlessLent() {
        if (ending && loan.get() == null) {
            phone.drop(Why.LET_GO);
            over.complete(null);
        }
    }

    Optional<Phone> lend(Phones.Request request, Mailbox borrower, Phone.Listener listener) {
        if (!up) {
            return Optional.empty();
        }
        Loan made = new Loan(this, request, borrower, listener);
        return Optional.of(made);
    }

    @Override
    public void ringing() {}

    @Override
    public void answered() {
        up = true;
        phone.media().hear(new Source.Silence());
        owner.up(this);
        checkIn(outside.settings().standbyRtpMs());
    }

    private void checkIn(long ms) {
        int number = ++checks;
        mailbox.thread().schedule(ms, () -> mailbox.guarded(() -> check(number)));
    }

    /** A leg that has sent nothing since the last look is lost. */
    private void check(int number) {
        if (!up || number != checks) {
            return;
        }
        long packets = phone.media().counters().packetsIn();
        if (packets == packetsSeen) {
            goneFor("no RTP");
            end();
            return;
        }
        packetsSeen = packets;
        checkIn(outside.settings().standbyCheckMs());
    }

    /** A page that has come back is told again which call has it: it may have been loaded anew. */
    @Override
    public void reachable(boolean is) {
        if (up == is) {
            return;
        }
        up = is;
        if (!is) {
            owner.outOfTouch(this);
            return;
        }
        owner.up(this);
        checkIn(outside.settings().standbyRtpMs());
        Loan out = loan.get();
        if (out != null) {
            out.inform();
        }
    }

    @Override
    public void heard() {
        heard = true;
    }

    @Override
    public void failed(Reason why, String evidence) {
        up = false;
        lost(why.wire() + " " + evidence);
    }

    @Override
    public void gone(String evidence) {
        goneFor(evidence);
    }

    private void goneFor(String evidence) {
        up = false;
        Loan out = loan.getAndSet(null);
        if (out != null) {
            out.toBorrower(listener -> listener.gone(evidence));
        }
        lost(evidence);
    }

    private void lost(String why) {
        over.complete(null);
        owner.lost(this, why);
    }

    @Override
    public void holds(boolean holding) {
        Loan out = loan.get();
        if (out != null) {
            out.toBorrower(listener -> listener.holds(holding));
        }
    }

    @Override
    public void digit(char digit, boolean byRtp) {
        Loan out = loan.get();
        if (out != null) {
            out.toBorrower(listener -> listener.digit(digit, byRtp));
        }
    }

    /** A standby leg in the hands of a call. Its methods are called on the call's thread, the leg lives on its own. */
    private static final class Loan implements Phone {
        private final StandbyLeg leg;
        private final Phones.Request request;
        private final Mailbox borrower;
        private final Phone.Listener listener;
        private volatile boolean returned;
        private @Nullable Source wanted;
        private boolean told;

        Loan(StandbyLeg leg, Phones.Request request, Mailbox borrower, Phone.Listener listener) {
            this.leg = leg;
            this.request = request;
            this.borrower = borrower;
            this.listener = listener;
        }

        void toBorrower(Consumer<Phone.Listener> news) {
            borrower.post(() -> {
                if (!returned) {
                    news.accept(listener);
                }
            });
        }

        /** Takes the leg at once: nothing rings, and no other thread has to be asked. */
        @Override
        public void begin() {
            if (!leg.loan.compareAndSet(null, this)) {
                listener.failed(Reason.HUMAN_UNREACHABLE, "the standby leg has another call");
                return;
            }
            // A leg that ends from here on sees the loan; one that has ended before is given back.
            if (!leg.up) {
                giveBack();
                listener.failed(Reason.HUMAN_UNREACHABLE, "the standby leg is gone");
                return;
            }
            inform();
            listener.answered();
            if (leg.heard) {
                listener.heard();
            }
        }

        void inform() {
            leg.mailbox.post(() -> leg.phone.inform(
                    "application/x-segue-handoff",
                    "call=" + request.callId() + "\r\n" + (request.supervise() == null ? "handoff=" : "supervise=")
                            + request.purpose() + "\r\n"));
        }

        private void giveBack() {
            if (leg.loan.compareAndSet(this, null)) {
                leg.mailbox.post(leg::dropUnlessLent);
            }
        }

        @Override
        public boolean rings() {
            return false;
        }

        @Override
        public MediaLeg media() {
            return leg.phone.media();
        }

        /** A short tone first: the human has not picked anything up. */
        @Override
        public void hear(Source source) {
            boolean first = wanted == null;
            wanted = source;
            if (first) {
                media().hear(new Source.Filler(new Source.Sound.Once("standby")));
                borrower.thread().schedule(200, () -> {
                    told = true;
                    hearWanted();
                });
            } else if (told) {
                hearWanted();
            }
        }

        private void hearWanted() {
            Source source = wanted;
            if (!returned && source != null) {
                media().hear(source);
            }
        }

        @Override
        public void digits(String digits) {
            leg.mailbox.post(() -> leg.phone.digits(digits));
        }

        @Override
        public void relayed(char digit) {
            leg.mailbox.post(() -> leg.phone.relayed(digit));
        }

        @Override
        public void drop(Why why) {
            returned = true;
            media().hear(new Source.Silence());
            giveBack();
            // To the handoff a leg that is let go has ended, as a phone that is hung up has.
            borrower.post(() -> listener.failed(Reason.HUMAN_HUNG_UP, "let go"));
        }

        @Override
        public LegRecord leg() {
            return leg.phone.leg();
        }
    }
}
