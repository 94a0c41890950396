package io.segue.media;

import io.segue.rtp.srtp.KeyAgreement;
import io.segue.rtp.srtp.SrtpSender;
import io.segue.sdp.Security;
import io.segue.stun.BindingRequest;
import io.segue.stun.StunMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jboss.logging.Logger;

/**
 * The one UDP port of all browsers: tells datagrams apart by their first octet (RFC 7983), and finds whose they are. STUN says it by the name of our side, everything else by an
 * address that STUN has come from. On its loop alone, but where it says otherwise.
 */
final class BrowserPort implements Loop.Readable {
    private static final Logger LOG = Logger.getLogger(BrowserPort.class);
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final int UFRAG_CHARS = 8;
    private static final int PASSWORD_CHARS = 24;
    private static final int DATAGRAM_BYTES_MAX = 2048;

    private final Loop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final KeyAgreement keys;
    private final BrowserLimits limits;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLongArray dropped = new AtomicLongArray(BrowserDrop.values().length);

    private final Map<String, SecureTransport> byUfrag = new HashMap<>();
    private final Map<SocketAddress, SecureTransport> byAddress = new HashMap<>();
    private final byte[] in = new byte[DATAGRAM_BYTES_MAX];
    private final byte[] out = new byte[DATAGRAM_BYTES_MAX + SrtpSender.TRAILER_BYTES_MAX];
    private final ByteBuffer wire = ByteBuffer.allocateDirect(out.length);

    private BrowserPort(
            Loop loop, DatagramChannel channel, InetSocketAddress local, KeyAgreement keys, BrowserLimits limits) {
        this.loop = loop;
        this.channel = channel;
        this.local = local;
        this.keys = keys;
        this.limits = limits;
    }

    static BrowserPort open(
            Loop loop, BrowserConfig config, InetAddress bind, InetAddress advertised, KeyAgreement keys)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            int wanted = config.limits().receiveBufferBytes();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, wanted);
            channel.bind(new InetSocketAddress(bind, config.port()));
            int granted = channel.getOption(StandardSocketOptions.SO_RCVBUF);
            if (granted < wanted) {
                LOG.infof(
                        "the browsers' UDP port has a buffer of %d octets, not %d: many browsers need a larger net.core.rmem_max",
                        granted, wanted);
            }
            InetSocketAddress local =
                    new InetSocketAddress(advertised, channel.socket().getLocalPort());
            BrowserPort port = new BrowserPort(loop, channel, local, keys, config.limits());
            loop.post(now -> port.register());
            return port;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private void register() {
        try {
            channel.register(loop.selector(), SelectionKey.OP_READ, this);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new leg's transport; none where there are as many as may be. Safe from any thread. */
    Optional<SecureTransport> transport() {
        if (open.incrementAndGet() > limits.legsMax()) {
            open.decrementAndGet();
            return Optional.empty();
        }
        Security security = new Security(word(UFRAG_CHARS), word(PASSWORD_CHARS), keys.fingerprint());
        return Optional.of(new SecureTransport(this, security, limits));
    }

    private String word(int length) {
        return random.ints(length, 0, ICE_CHARS.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ICE_CHARS.charAt(i)), StringBuilder::append)
                .toString();
    }

    @Override
    public void readable(long now) {
        for (int i = 0; i < limits.readsMax(); i++) {
            ByteBuffer slab = loop.slab.clear();
            SocketAddress from;
            try {
                from = channel.receive(slab);
            } catch (IOException e) {
                // An ICMP error of what was sent before.
                continue;
            }
            if (from == null) {
                return;
            }
            int length = slab.position();
            slab.get(0, in, 0, length);
            take(length, (InetSocketAddress) from, System.nanoTime());
        }
    }

    private void take(int length, InetSocketAddress from, long now) {
        int first = length == 0 ? 0xFF : in[0] & 0xFF;
        if (first <= 3) {
            check(length, from, now);
        } else if (first >= 20 && first <= 63) {
            SecureTransport to = byAddress.get(from);
            if (to == null) {
                stranger(BrowserDrop.DTLS_STRANGER);
            } else {
                to.handshake(in, length);
            }
        } else if (first >= 128 && first <= 191) {
            SecureTransport to = byAddress.get(from);
            if (to == null) {
                stranger(BrowserDrop.MEDIA_STRANGER);
            } else {
                to.media(in, length, now);
            }
        } else {
            drop(BrowserDrop.UNKNOWN_KIND);
        }
    }

    private void check(int length, InetSocketAddress from, long now) {
        switch (StunMessage.read(in, 0, length)) {
            case StunMessage.Request(BindingRequest request) -> {
                SecureTransport to = byUfrag.get(request.localUfrag());
                if (to == null) {
                    stranger(BrowserDrop.CHECK_STRANGER);
                } else {
                    to.check(request, from, now);
                }
            }
            case StunMessage.NothingToAnswer nothing -> {}
            case StunMessage.Malformed malformed -> drop(BrowserDrop.CHECK_MALFORMED);
        }
    }

    private void stranger(BrowserDrop why) {
        loop.stranger();
        drop(why);
    }

    /** Safe from any thread. */
    void drop(BrowserDrop why) {
        dropped.incrementAndGet(why.ordinal());
    }

    /** Safe from any thread. */
    long dropped(BrowserDrop why) {
        return dropped.get(why.ordinal());
    }

    void began(SecureTransport transport) {
        byUfrag.put(transport.security().ufrag(), transport);
    }

    /** An address has been found to be a browser's; one that was another's is not any more. */
    void validated(InetSocketAddress address, SecureTransport transport) {
        byAddress.put(address, transport);
    }

    void forget(InetSocketAddress address, SecureTransport transport) {
        byAddress.remove(address, transport);
    }

    void ended(SecureTransport transport) {
        byUfrag.remove(transport.security().ufrag());
        open.decrementAndGet();
    }

    /** What a packet is copied to on its way out. */
    byte[] out() {
        return out;
    }

    /** Sends what lies in {@link #out}. */
    void sendOut(int length, InetSocketAddress to) {
        wire.clear().put(out, 0, length).flip();
        send(wire, to);
    }

    /** Safe from any thread. */
    void send(ByteBuffer datagram, InetSocketAddress to) {
        int sent = 0;
        try {
            sent = channel.send(datagram, to);
        } catch (IOException e) {
            // The network is away, or an ICMP error of earlier datagrams.
        }
        if (sent == 0) {
            drop(BrowserDrop.UNSENT);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing is left to be done with it.
        }
    }

    InetSocketAddress local() {
        return local;
    }

    Loop loop() {
        return loop;
    }

    KeyAgreement keys() {
        return keys;
    }

    /** Legs open now. Safe from any thread. */
    int legs() {
        return open.get();
    }
}
