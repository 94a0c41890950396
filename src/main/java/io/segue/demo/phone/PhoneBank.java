package io.segue.demo.phone;

import io.segue.demo.ear.Slips;
import io.segue.demo.ear.Tape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bank of SIP phones at one UDP or TCP port, all on one thread: callers that place calls and phones that are called by their user name. It speaks the
 * user agent's part of RFC 3261 and shares nothing with the gateway.
 */
public final class PhoneBank implements AutoCloseable {
    private final PhoneLoop loop;
    private final SipWire wire;
    private final InetAddress address;
    private final Map<String, Phone> phones = new ConcurrentHashMap<>();
    private final Map<String, Leg> legs = new ConcurrentHashMap<>();
    private final AtomicInteger seeds =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(1 << 20));
    private final Uac uac;
    private final Uas uas;

    private PhoneBank(String name, InetAddress address, SipCarrier carrier) throws IOException {
        this.address = address;
        loop = new PhoneLoop(name);
        wire = new SipWire(carrier, loop, this::record, this::request, this::stray);
        uac = new Uac(this, wire);
        uas = new Uas(this, wire, loop);
        loop.start();
    }

    /** Opens a bank on a free port of an IPv4 address of this host. */
    public static PhoneBank open(String name, String address) {
        try {
            InetAddress local = InetAddress.ofLiteral(address);
            return new PhoneBank(name, local, new UdpCarrier(local));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same over TCP; peers are called by TCP, and its own URIs say so. */
    public static PhoneBank openTcp(String name, String address) {
        try {
            InetAddress local = InetAddress.ofLiteral(address);
            return new PhoneBank(name, local, new TcpCarrier(local));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its phones are reached. */
    public InetSocketAddress sip() {
        return wire.local;
    }

    /** How late its thread was; it sends and receives on the same one. */
    public Slips slips() {
        return loop.slips;
    }

    /** Requests that its phones had to send again. */
    public long retransmitted() {
        return wire.retransmitted.get();
    }

    /** Requests and responses that came a second time. */
    public long repeatsReceived() {
        return wire.repeatsReceived.get();
    }

    /** Calls that are not over yet. */
    public int live() {
        return legs.size();
    }

    /** A phone that can be called at {@code sip:<user>@<address>:<port>}. */
    public Phone phone(String user, AnswerPlan plan, PhoneSettings settings) {
        Phone phone = new Phone(this, user, plan, settings);
        phones.put(user, phone);
        return phone;
    }

    /** Calls {@code sip:<number>@<gateway>} as {@code sip:<from>@<this bank>}. */
    public Leg call(String from, String number, InetSocketAddress gateway, PhoneSettings settings) {
        CompletableFuture<Leg> made = new CompletableFuture<>();
        run(() -> {
            try {
                Leg leg = leg(fresh() + "@" + address.getHostAddress(), uriOf(from), true, settings);
                made.complete(leg);
                uac.invite(leg, "sip:" + number + "@" + hostPort(gateway), gateway);
            } catch (IOException | RuntimeException e) {
                made.completeExceptionally(e);
            }
        });
        return made.join();
    }

    String uriOf(String user) {
        return "sip:" + user + "@" + hostPort(wire.local) + (wire.transport.equals("TCP") ? ";transport=tcp" : "");
    }

    static String hostPort(InetSocketAddress socket) {
        return socket.getAddress().getHostAddress() + ":" + socket.getPort();
    }

    static String fresh() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    Leg leg(String callId, String localUri, boolean caller, PhoneSettings settings) throws IOException {
        Tape tape = settings.tapeSeconds() == 0 ? Tape.counting() : Tape.ofSeconds(settings.tapeSeconds());
        RtpStream rtp = new RtpStream(address, loop.selector, tape, seeds.incrementAndGet());
        Leg leg = new Leg(this, callId, fresh(), localUri, caller, rtp, settings);
        legs.put(callId, leg);
        loop.pace(rtp);
        return leg;
    }

    void run(Runnable order) {
        loop.run(order);
    }

    List<Phone> phones() {
        return List.copyOf(phones.values());
    }

    void over(Leg leg, String how) {
        legs.remove(leg.callId);
        loop.drop(leg.rtp);
        leg.answered.complete(0);
        leg.ended.complete(how);
    }

    /** Speaks to the peer of a description, if there is one. */
    void talk(Leg leg, String description) {
        Sdp peer = Sdp.read(description, leg.settings.payloadTypes());
        if (peer == null) {
            return;
        }
        try {
            leg.rtp.talk(peer, leg.settings.voice().as(peer.payloadType()), leg.settings.sends());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void hangUp(Leg leg) {
        if (!legs.containsKey(leg.callId)) {
            return;
        }
        if (leg.answeredNanos() != 0) {
            uac.bye(leg);
        } else if (leg.caller) {
            uac.cancel(leg);
        } else {
            uas.refuse(leg, 603);
        }
    }

    void reinvite(Leg leg, String direction, CompletableFuture<Integer> done) {
        uac.reinvite(leg, direction, done);
    }

    CompletableFuture<Integer> register(String user, String registrar, String password, int expiresSeconds) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        run(() -> uac.register(user, registrar, password, expiresSeconds, done));
        return done;
    }

    private void record(SipText message, String text) {
        Leg leg = legs.get(message.callId());
        if (leg != null) {
            leg.note(System.nanoTime(), text);
        }
    }

    private void request(SipText message, InetSocketAddress from) {
        Leg leg = legs.get(message.callId());
        if (leg != null) {
            uas.inDialog(leg, message, from);
            return;
        }
        Phone phone = phones.get(message.calledUser());
        if (message.method().equals("INVITE")
                && phone != null
                && message.tag("to").isEmpty()) {
            uas.invited(phone, message, from);
        } else if (!message.method().equals("ACK")) {
            uas.stranger(message, from);
        }
    }

    /** A 200 that is repeated wants its ACK again (RFC 3261 13.2.2.4). */
    private void stray(SipText response) {
        Leg leg = legs.get(response.callId());
        if (leg != null
                && !leg.ack.isEmpty()
                && response.status() / 100 == 2
                && response.method().equals("INVITE")) {
            wire.repeatsReceived.incrementAndGet();
            wire.send(leg.ack, Uac.socketOf(leg.remoteTarget));
        }
    }

    /** Ends the thread and frees every port; calls that are up are left as they are. */
    @Override
    public void close() {
        loop.close();
        legs.values().forEach(leg -> {
            leg.answered.complete(0);
            leg.ended.complete("closed");
        });
    }
}
