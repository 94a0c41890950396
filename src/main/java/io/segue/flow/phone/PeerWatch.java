package io.segue.flow.phone;

import io.segue.flow.leg.SipRoutes;
import io.segue.flow.thread.CallThread;
import io.segue.human.Human;
import io.segue.human.Queue;
import io.segue.human.Queue.Overflow;
import io.segue.sip.dialog.Signal;
import io.segue.sip.message.Headers;
import io.segue.sip.message.NameAddress;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.SentBy;
import io.segue.trunk.PeerPing;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the peers that we call, humans' fixed contacts and overflow addresses, by OPTIONS whether they are there (RFC 3261 11), so that nobody
 * waits for a phone that is gone. A peer that has never answered an OPTIONS is not taken to be down: there are phones that drop them.
 */
final class PeerWatch {
    private static final Logger LOG = Logger.getLogger(PeerWatch.class);
    private static final long LOOK_EVERY_MS = 1_000;

    private final PhoneOutside outside;
    private final SipRoutes routes;
    private final PeerPing.Rules rules;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private @Nullable CallThread thread;
    private volatile boolean stopped;

    /**
     * What is known of one address.
     *
     * @param asked how often it has been asked
     */
    private record Peer(PeerPing ping, boolean hasAnswered, long asked) {
        boolean down() {
            return hasAnswered && !ping.up();
        }

        Peer askedAgain(long now) {
            return new Peer(ping.asked(now), hasAnswered, asked + 1);
        }

        Peer judged(boolean answered, long now) {
            return new Peer(answered ? ping.answered(now) : ping.unanswered(now), hasAnswered || answered, asked);
        }
    }

    PeerWatch(PhoneOutside outside, SipRoutes routes) {
        this.outside = outside;
        this.routes = routes;
        this.rules = outside.settings().peerPing();
    }

    void start() {
        CallThread own = outside.mailboxes().threads().next();
        thread = own;
        own.execute(this::look);
    }

    void stop() {
        stopped = true;
    }

    /** Whether a peer that used to answer no longer does. From any thread. */
    boolean isDown(String contact) {
        Peer peer = peers.get(contact);
        return peer != null && peer.down();
    }

    /** How many are down now. */
    int down() {
        return (int) peers.values().stream().filter(Peer::down).count();
    }

    private void look() {
        CallThread own = thread;
        if (stopped || own == null) {
            return;
        }
        Set<String> contacts = contacts();
        peers.keySet().retainAll(contacts);
        long now = nowMs();
        for (String contact : contacts) {
            // The first question waits its turn: a phone that has just been entered is often not there yet.
            Peer peer = peers.computeIfAbsent(
                    contact, c -> new Peer(PeerPing.begin(rules, now + rules.everyMs()), false, 0));
            if (peer.ping().overdue(now)) {
                judge(contact, peer, false);
            } else if (peer.ping().due(now)) {
                Peer asked = peer.askedAgain(now);
                peers.put(contact, asked);
                ask(contact, asked.asked());
            }
        }
        own.schedule(LOOK_EVERY_MS, this::look);
    }

    private Set<String> contacts() {
        Set<String> contacts = new HashSet<>();
        for (Human human : outside.directory().humans()) {
            String fixed = human.contact();
            if (fixed != null) {
                contacts.add(fixed);
            }
        }
        for (Queue queue : outside.directory().queues()) {
            for (Overflow overflow : queue.overflow()) {
                if (overflow instanceof Overflow.ToSip(var uri)) {
                    contacts.add(uri);
                }
            }
        }
        return contacts;
    }

    private void ask(String contact, long number) {
        Uri target = Uri.parse(contact).orElse(null);
        if (target == null) {
            return;
        }
        Destination way = SipRoutes.destination(target);
        SentBy us = routes.signalling().reachedAt(way.transport());
        String from = NameAddress.of(SipUri.of("segue", us.host(), us.port()))
                .withTag(outside.identifiers().tag())
                .toString();
        Headers headers = Headers.of(
                "Max-Forwards",
                "70",
                "From",
                from,
                "To",
                NameAddress.of(target).toString(),
                "Call-ID",
                UUID.randomUUID().toString(),
                "CSeq",
                "1 OPTIONS",
                "Contact",
                SipRoutes.contact(us, way.transport()),
                "Accept",
                "application/sdp");
        routes.send(signal -> heard(contact, number, signal), new SipRequest("OPTIONS", target, headers), way);
    }

    private boolean heard(String contact, long number, Signal signal) {
        CallThread own = thread;
        if (own != null) {
            own.execute(() -> judge(contact, number, signal));
        }
        return true;
    }

    private void judge(String contact, long number, Signal signal) {
        Peer before = peers.get(contact);
        if (before == null || signal instanceof Signal.Responded(var response) && response.status() < 200) {
            return;
        }
        boolean answered = signal instanceof Signal.Responded;
        // One that was given up already is not given up twice; an answer counts however late.
        if (answered || before.ping().waiting() && before.asked() == number) {
            judge(contact, before, answered);
        }
    }

    private void judge(String contact, Peer before, boolean answered) {
        Peer after = before.judged(answered, nowMs());
        peers.put(contact, after);
        if (before.down() != after.down()) {
            LOG.warnf("%s %s", contact, after.down() ? "answers no OPTIONS: it is not called" : "answers again");
        }
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(outside.nanos().getAsLong());
    }
}
