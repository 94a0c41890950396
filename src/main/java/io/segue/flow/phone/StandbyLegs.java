package io.segue.flow.phone;

import io.segue.flow.leg.SipRoutes;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailbox;
import io.segue.human.Human;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import io.segue.sip.dialog.SessionMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The legs of humans who stand by: INVITEd once, kept up, given to one call at a time. One that is lost makes its human away and is raised
 * again after 2, 4 … 60 s.
 */
final class StandbyLegs implements StandbyLeg.Owner {
    private static final Logger LOG = Logger.getLogger(StandbyLegs.class);
    private static final long LOOK_EVERY_MS = 500;
    private static final long BACKOFF_MAX_MS = 60_000;

    private final PhoneOutside outside;
    private final SipRoutes routes;
    private final SessionMachine machine;
    private final Registrations registrations;
    private final Map<String, StandbyLeg> legs = new ConcurrentHashMap<>();
    private final Map<String, Retry> retries = new ConcurrentHashMap<>();
    private @Nullable CallThread thread;
    private volatile boolean stopped;

    /** When a lost leg is raised again. */
    private record Retry(long atNanos, long nextDelayMs) {}

    StandbyLegs(PhoneOutside outside, SipRoutes routes, SessionMachine machine, Registrations registrations) {
        this.outside = outside;
        this.routes = routes;
        this.machine = machine;
        this.registrations = registrations;
    }

    void start() {
        CallThread own = outside.mailboxes().threads().next();
        thread = own;
        own.execute(this::look);
    }

    /** Done when every leg has been told; one that a call has when the call has given it back. */
    CompletableFuture<@Nullable Void> stop() {
        stopped = true;
        List<StandbyLeg> left = List.copyOf(legs.values());
        left.forEach(StandbyLeg::end);
        return CompletableFuture.allOf(left.stream().map(StandbyLeg::over).toArray(CompletableFuture[]::new));
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
            StandbyLeg leg = new StandbyLeg(
                    human.id(), at, () -> registrations.page(human.id()), outside, routes, machine, this);
            legs.put(human.id(), leg);
            leg.begin();
        });
    }

    /** Their phone has registered: a leg that was lost is raised without waiting longer. From any thread. */
    void soon(String human) {
        retries.remove(human);
    }

    private void drop(String human) {
        StandbyLeg leg = legs.remove(human);
        if (leg != null) {
            outside.desk().keep(human, false);
            leg.end();
        }
        retries.remove(human);
    }

    @Override
    public void up(StandbyLeg leg) {
        String human = leg.human();
        retries.remove(human);
        LOG.infof("%s stands by", human);
        outside.desk().standbyLeg(human, true);
        outside.desk().keep(human, true);
    }

    @Override
    public void outOfTouch(StandbyLeg leg) {
        outside.desk().standbyLeg(leg.human(), false);
        outside.desk().keep(leg.human(), false);
    }

    @Override
    public void lost(StandbyLeg leg, String why) {
        String human = leg.human();
        if (!legs.remove(human, leg) || stopped) {
            return;
        }
        Retry earlier = retries.get(human);
        long delay = earlier == null ? 2_000 : earlier.nextDelayMs();
        retries.put(
                human, new Retry(outside.nanos().getAsLong() + delay * 1_000_000, Math.min(delay * 2, BACKOFF_MAX_MS)));
        LOG.infof("%s no longer stands by (%s); again in %d ms", human, why, delay);
        outside.desk().standbyLeg(human, false);
        outside.desk().keep(human, false);
    }
}
