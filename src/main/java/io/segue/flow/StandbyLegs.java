package io.segue.flow;

import io.segue.handoff.HandoffEffect.Why;
import io.segue.handoff.Reason;
import io.segue.human.Human;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import io.segue.sip.dialog.SessionMachine;
import io.segue.sip.message.Headers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The legs of humans who stand by: INVITEd once, kept up, given to one call at a time. One that is lost makes its human away and is raised
 * again after 2, 4 … 60 s.
 */
final class StandbyLegs {
    private static final Logger LOG = Logger.getLogger(StandbyLegs.class);
    private static final long LOOK_EVERY_MS = 500;
    private static final long BACKOFF_MAX_MS = 60_000;

    private final Outside outside;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final Registrations registrations;
    private final Map<String, StandbyLeg> legs = new ConcurrentHashMap<>();
    private final Map<String, Retry> retries = new ConcurrentHashMap<>();
    private @Nullable CallThread thread;
    private volatile boolean stopped;

    /** When a lost leg is raised again. */
    private record Retry(long atNanos, long nextDelayMs) {}

    StandbyLegs(Outside outside, SipRoutes routes, SessionMachine machine, Registrations registrations) {
        this.outside = outside;
        this.routes = routes;
        this.machine = machine;
        this.registrations = registrations;
    }

    void start() {
        CallThread own = outside.threads().next();
        thread = own;
        own.execute(this::look);
    }

    /** Done when every leg has been told; one that a call has when the call has given it back. */
    CompletableFuture<@Nullable Void> stop() {
        stopped = true;
        List<StandbyLeg> left = List.copyOf(legs.values());
        left.forEach(StandbyLeg::end);
        return CompletableFuture.allOf(left.stream().map(leg -> leg.over).toArray(CompletableFuture[]::new));
    }

    boolean isUp(String human) {
        StandbyLeg leg = legs.get(human);
        return leg != null && leg.isUp();
    }

    /** The leg of a human who stands by, for a call; from the call's thread. */
    Optional<Phone> take(String human, Phones.Request request, Mailbox mailbox, Phone.Listener listener) {
        StandbyLeg leg = legs.get(human);
        return leg == null ? Optional.empty() : leg.lend(request, mailbox, listener);
    }

    /** Asks who is available, and raises or ends legs accordingly; comes again by itself. */
    private void look() {
        if (stopped) {
            return;
        }
        boolean anyone = outside.directory().humans().stream().anyMatch(Human::standby) || !legs.isEmpty();
        if (!anyone) {
            lookLater();
            return;
        }
        outside.desk()
                .presences()
                .whenComplete((presences, failure) -> onThread(() -> {
                    if (failure == null) {
                        compare(presences);
                    }
                    lookLater();
                }));
    }

    private void lookLater() {
        CallThread own = thread;
        if (own != null && !stopped) {
            own.schedule(LOOK_EVERY_MS, this::look);
        }
    }

    private void onThread(Runnable task) {
        CallThread own = thread;
        if (own != null) {
            own.execute(task);
        }
    }

    private void compare(List<Presence> presences) {
        for (Human human : outside.directory().humans()) {
            if (human.standby()) {
                boolean away = presences.stream()
                        .anyMatch(p -> p.human().equals(human.id()) && p.state() == PresenceState.AWAY && !p.legLost());
                keep(human, away);
            }
        }
        legs.keySet().stream()
                .filter(id ->
                        outside.directory().human(id).filter(Human::standby).isEmpty())
                .toList()
                .forEach(this::drop);
    }

    /** @param away by their own choice, not because their leg was lost */
    private void keep(Human human, boolean away) {
        Retry retry = retries.get(human.id());
        if (away) {
            drop(human.id());
        } else if (!legs.containsKey(human.id())
                && (retry == null || outside.nanos().getAsLong() >= retry.atNanos())) {
            raise(human);
        }
    }

    private void raise(Human human) {
        registrations.of(human).ifPresent(at -> {
            StandbyLeg leg = new StandbyLeg(human.id(), at);
            legs.put(human.id(), leg);
            leg.begin();
        });
    }

    private void drop(String human) {
        StandbyLeg leg = legs.remove(human);
        if (leg != null) {
            outside.desk().keep(human, false);
            leg.end();
        }
        retries.remove(human);
    }

    private void up(String human) {
        retries.remove(human);
        LOG.infof("%s stands by", human);
        outside.desk().standbyLeg(human, true);
        outside.desk().keep(human, true);
    }

    private void lost(StandbyLeg leg, String why) {
        leg.over.complete(null);
        if (!legs.remove(leg.human, leg) || stopped) {
            return;
        }
        Retry earlier = retries.get(leg.human);
        long delay = earlier == null ? 2_000 : earlier.nextDelayMs();
        retries.put(
                leg.human,
                new Retry(outside.nanos().getAsLong() + delay * 1_000_000, Math.min(delay * 2, BACKOFF_MAX_MS)));
        LOG.infof("%s no longer stands by (%s); again in %d ms", leg.human, why, delay);
        outside.desk().standbyLeg(leg.human, false);
        outside.desk().keep(leg.human, false);
    }

    /** One human's leg, on a thread of its own choice. */
    private final class StandbyLeg implements Phone.Listener {
        private final String human;
        private final Mailbox mailbox;
        private final InvitePhone phone;
        private volatile boolean up;
        private volatile boolean heard;
        private long packetsSeen;
        private final AtomicReference<@Nullable Loan> loan = new AtomicReference<>();
        private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
        private boolean ending;

        StandbyLeg(String human, Whereabouts at) {
            this.human = human;
            this.mailbox = new Mailbox(
                    outside.threads().next(),
                    outside.settings().mailboxMax(),
                    outside.counters().mailboxFull::increment,
                    fault -> {
                        outside.counters().faults.increment();
                        LOG.errorf(fault, "the standby leg of %s ends by a fault of ours", human);
                        end();
                        lost(this, "fault");
                    });
            this.phone = new InvitePhone(
                    new InvitePhone.Target(
                            human, sdp -> GatewayPhones.outbound(outside, at, "segue", headers(), sdp), at.way()),
                    null,
                    null,
                    outside.media(),
                    mailbox,
                    routes,
                    machine,
                    outside.nanos(),
                    this);
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
            StandbyLegs.this.up(human);
            mailbox.thread().schedule(outside.settings().standbyRtpMs(), () -> mailbox.guarded(this::check));
        }

        /** A leg that has sent nothing since the last look is lost. */
        private void check() {
            if (!up) {
                return;
            }
            long packets = phone.media().counters().packetsIn();
            if (packets == packetsSeen) {
                goneFor("no RTP");
                end();
                return;
            }
            packetsSeen = packets;
            mailbox.thread().schedule(outside.settings().standbyCheckMs(), () -> mailbox.guarded(this::check));
        }

        @Override
        public void heard() {
            heard = true;
        }

        @Override
        public void failed(Reason why, String evidence) {
            up = false;
            lost(this, why.wire() + " " + evidence);
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
            lost(this, evidence);
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
    }

    /** A standby leg in the hands of a call. Its methods are called on the call's thread, the leg lives on its own. */
    private static final class Loan implements Phone {
        private final StandbyLeg leg;
        private final Phones.Request request;
        private final Mailbox borrower;
        private final Phone.Listener listener;
        private volatile boolean returned;

        Loan(StandbyLeg leg, Phones.Request request, Mailbox borrower, Phone.Listener listener) {
            this.leg = leg;
            this.request = request;
            this.borrower = borrower;
            this.listener = listener;
        }

        void toBorrower(java.util.function.Consumer<Phone.Listener> news) {
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
            leg.mailbox.post(() -> leg.phone.inform(
                    "application/x-segue-handoff",
                    "call=" + request.callId() + "\r\nhandoff=" + request.handoffId() + "\r\n"));
            listener.answered();
            if (leg.heard) {
                listener.heard();
            }
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
        public void hear(MediaLeg caller) {
            media().hear(new Source.Filler(new Source.Sound.Once("standby")));
            borrower.thread().schedule(200, () -> {
                if (!returned) {
                    media().hear(new Source.Leg(caller));
                }
            });
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
        public CallDocuments.Leg leg() {
            return leg.phone.leg();
        }
    }
}
