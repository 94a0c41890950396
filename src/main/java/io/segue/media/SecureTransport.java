package io.segue.media;

import io.segue.flow.media.LegEvent.Gone;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.rtp.srtp.SrtpReceiver;
import io.segue.rtp.srtp.SrtpSender;
import io.segue.sdp.Agreement;
import io.segue.sdp.Security;
import io.segue.stun.BindingRequest;
import io.segue.stun.IceLite;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A browser's RTP and RTCP: sent to where its checks come from (ICE-lite, RFC 8445), by keys that it agrees on with us (DTLS-SRTP, RFC 5764). On the port's loop alone, but where it says
 * otherwise.
 */
final class SecureTransport implements LegTransport {
    private final BrowserPort port;
    private final Security security;
    private final BrowserLimits limits;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final Queue<byte[]> earlyPackets = new ArrayDeque<>();

    private @Nullable Leg leg;
    private @Nullable SecureHandshake handshake;
    private @Nullable SrtpSender sender;
    private @Nullable SrtpReceiver receiver;
    private volatile @Nullable InetSocketAddress selected;
    private boolean negotiated;
    private boolean gone;
    private long checkedAtNanos;
    private long refused;

    SecureTransport(BrowserPort port, Security security, BrowserLimits limits) {
        this.port = port;
        this.security = security;
        this.limits = limits;
    }

    @Override
    public InetSocketAddress local() {
        return port.local();
    }

    @Override
    public Security security() {
        return security;
    }

    @Override
    public void start(Leg of) {
        leg = of;
        handshake = new SecureHandshake(this, of, port, limits);
        port.began(this);
    }

    @Override
    public void negotiated(Agreement terms, long now) {
        Security peer = terms.security();
        SecureHandshake keys = handshake;
        if (peer == null || keys == null) {
            return;
        }
        if (!negotiated) {
            negotiated = true;
            checkedAtNanos = now;
        }
        if (keys.expect(peer.fingerprint())) {
            forgetKeys();
            gone = false;
            checkedAtNanos = now;
        }
    }

    // What comes.

    void check(BindingRequest request, InetSocketAddress from, long now) {
        IceLite.Answer answer = IceLite.answer(request, from, security.ufrag(), security.password());
        port.send(ByteBuffer.wrap(answer.response()), from);
        switch (answer) {
            case IceLite.Answer.Valid valid -> {
                checkedAtNanos = now;
                validated(from);
                // The first that gets through is good enough until the browser says which one it wants.
                if (selected == null || valid.nominated()) {
                    selected = from;
                }
            }
            case IceLite.Answer.Refused refusal ->
                port.drop(
                        switch (refusal.status()) {
                            case 401 -> BrowserDrop.CHECK_UNAUTHENTICATED;
                            case 487 -> BrowserDrop.CHECK_ROLE_CONFLICT;
                            default -> BrowserDrop.CHECK_BAD;
                        });
        }
    }

    private void validated(InetSocketAddress from) {
        if (!addresses.contains(from)) {
            if (addresses.size() >= limits.addressesPerLegMax()) {
                InetSocketAddress oldest =
                        addresses.getFirst().equals(selected) ? addresses.get(1) : addresses.getFirst();
                addresses.remove(oldest);
                port.forget(oldest, this);
            }
            addresses.add(from);
        }
        port.validated(from, this);
    }

    void handshake(byte[] datagram, int length) {
        SecureHandshake keys = handshake;
        if (keys != null) {
            keys.received(Arrays.copyOf(datagram, length));
        }
    }

    void media(byte[] packet, int length, long now) {
        SrtpReceiver opener = receiver;
        if (opener == null) {
            if (earlyPackets.size() < limits.earlyPacketsMax()) {
                earlyPackets.add(Arrays.copyOf(packet, length));
            } else {
                port.drop(BrowserDrop.MEDIA_EARLY);
            }
            return;
        }
        Leg to = leg;
        // RFC 5761, 4: 192 to 223 in the second octet is RTCP.
        int second = length < 2 ? 0 : packet[1] & 0xFF;
        boolean control = second >= 192 && second <= 223;
        int left = control ? opener.unprotectControl(packet, length) : opener.unprotect(packet, length);
        if (left < 0 || to == null) {
            refused++;
            port.drop(
                    switch (left) {
                        case SrtpReceiver.REPLAYED -> BrowserDrop.MEDIA_REPLAYED;
                        case SrtpReceiver.FORGED -> BrowserDrop.MEDIA_FORGED;
                        default -> BrowserDrop.MEDIA_MALFORMED;
                    });
            return;
        }
        port.loop().slab.put(0, packet, 0, left);
        if (control) {
            to.reports().take(left, now);
        } else {
            to.ingress().take(left, now);
        }
    }

    /** There are keys: what came before them is taken now. */
    void agreed(SrtpKeys keys, long now) {
        sender = keys.sender();
        receiver = keys.receiver();
        for (byte[] packet = earlyPackets.poll(); packet != null; packet = earlyPackets.poll()) {
            media(packet, packet.length, now);
        }
    }

    void forgetKeys() {
        sender = null;
        receiver = null;
    }

    void gone(Gone.Why why, long now) {
        Leg of = leg;
        if (!gone && of != null) {
            gone = true;
            of.tell(new Gone(why, now));
        }
    }

    @Override
    public void look(long now) {
        if (negotiated && now - checkedAtNanos >= limits.silenceMs() * 1_000_000L) {
            gone(Gone.Why.SILENT, now);
        }
    }

    // What goes.

    /** Where the browser is; null as long as it has passed no check. Safe from any thread. */
    @Nullable
    InetSocketAddress selected() {
        return selected;
    }

    @Override
    public boolean canSend() {
        return sender != null && selected != null;
    }

    @Override
    public void send(ByteBuffer packet) {
        int length = packet.remaining();
        SrtpSender sealer = sender;
        InetSocketAddress to = selected;
        if (sealer != null && to != null) {
            packet.get(packet.position(), port.out(), 0, length);
            int sealed = sealer.protect(port.out(), length);
            if (sealed == SrtpSender.REFUSED) {
                port.drop(BrowserDrop.SENT_TWICE);
            } else {
                port.sendOut(sealed, to);
            }
        }
    }

    @Override
    public boolean canReport() {
        return canSend();
    }

    @Override
    public void sendReport(ByteBuffer packet) {
        int length = packet.remaining();
        SrtpSender sealer = sender;
        InetSocketAddress to = selected;
        if (sealer != null && to != null) {
            packet.get(packet.position(), port.out(), 0, length);
            int sealed = sealer.protectControl(port.out(), length);
            if (sealed != SrtpSender.REFUSED) {
                port.sendOut(sealed, to);
            }
        }
    }

    @Override
    public void accept() {
        // That it is the browser's has been shown by its keys.
    }

    /** Strangers are the port's: no leg is told them. */
    @Override
    public long strangers() {
        return 0;
    }

    @Override
    public long refused() {
        return refused;
    }

    @Override
    public boolean pooled() {
        return true;
    }

    @Override
    public void close(long now) {
        SecureHandshake keys = handshake;
        if (keys != null) {
            keys.close();
        }
        addresses.forEach(address -> port.forget(address, this));
        earlyPackets.clear();
        forgetKeys();
        port.ended(this);
    }
}
