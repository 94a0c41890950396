package io.segue.media;

import io.segue.dtls.ClientSide;
import io.segue.flow.media.MediaLeg;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.rtp.srtp.SrtpReceiver;
import io.segue.rtp.srtp.SrtpSender;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import io.segue.sdp.Fingerprint;
import io.segue.sdp.Security;
import io.segue.stun.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A browser as a leg sees it, on a real socket: checks like an ICE agent that controls, begins the DTLS handshake, and speaks SRTP. */
public final class Browser implements AutoCloseable {
    private static final int[] BOTH = {7, 1};

    final List<Phone.Received> received = new CopyOnWriteArrayList<>();
    final AtomicLong reports = new AtomicLong();
    final AtomicLong forged = new AtomicLong();
    final DatagramSocket socket;
    private final MediaLeg leg;
    private final int ssrc;
    private final ClientSide dtls;
    private final BlockingQueue<byte[]> checked = new LinkedBlockingQueue<>();
    private volatile SrtpReceiver receiver;
    private volatile SrtpKeys keys;
    private SrtpSender sender;
    private byte[] lastSent = {};
    int sequence = 65_500;
    int timestamp = 5000;

    public Browser(MediaLeg leg, int ssrc) {
        this(leg, ssrc, BOTH);
    }

    /** @param profiles numbers of the SRTP profiles that it offers */
    Browser(MediaLeg leg, int ssrc, int... profiles) {
        this.leg = leg;
        this.ssrc = ssrc;
        this.dtls = new ClientSide(this::send, profiles);
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setReceiveBufferSize(1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::listen);
    }

    private void listen() {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        while (true) {
            try {
                socket.receive(packet);
            } catch (IOException e) {
                return;
            }
            byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
            int first = octets[0] & 0xFF;
            if (first <= 3) {
                checked.add(octets);
            } else if (first <= 63) {
                dtls.received(octets);
            } else {
                media(octets);
            }
        }
    }

    private void media(byte[] octets) {
        SrtpReceiver opener = receiver;
        if (opener == null) {
            return;
        }
        int second = octets[1] & 0xFF;
        if (second >= 192 && second <= 223) {
            int left = opener.unprotectControl(octets, octets.length);
            (left > 0 ? reports : forged).incrementAndGet();
            return;
        }
        int left = opener.unprotect(octets, octets.length);
        if (left < 0) {
            forged.incrementAndGet();
            return;
        }
        ByteBuffer b = ByteBuffer.wrap(octets);
        received.add(new Phone.Received(
                System.nanoTime(),
                b.get(1) & 0x7F,
                b.get(1) < 0,
                b.getShort(2) & 0xFFFF,
                b.getInt(4),
                b.getInt(8),
                Arrays.copyOfRange(octets, 12, left)));
    }

    void send(byte[] octets) {
        try {
            socket.send(new DatagramPacket(octets, octets.length, leg.local()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its SDP and ours agree on. */
    public Agreement terms() {
        return terms(ClientSide.fingerprint());
    }

    Agreement terms(Fingerprint certificate) {
        InetSocketAddress nowhere = new InetSocketAddress("0.0.0.0", 9);
        Security said = new Security("them", "a password of the browsers+".replace(" ", "/"), certificate);
        return new Agreement(nowhere, nowhere, Codec.PCMU, 0, 0, 126, 101, 20, true, true, said);
    }

    /** Checks that it gets through; 0, or the status that it is refused by. */
    int check(boolean nominates) {
        return check(leg.security().password(), nominates, false);
    }

    /** The leg may not have begun yet, or a datagram be lost: as ICE does, asks again. */
    int check(String password, boolean nominates, boolean controlled) {
        checked.clear();
        for (int i = 0; i < 50; i++) {
            send(Checks.request(leg.security().ufrag(), password, nominates, controlled));
            try {
                byte[] response = checked.poll(200, TimeUnit.MILLISECONDS);
                if (response != null) {
                    return Checks.status(response);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return -1;
    }

    /** Waits until the leg's loop has turned: what it was asked for before has been done. */
    void settled() {
        passes();
        passes();
    }

    private void passes() {
        int status = check(true);
        if (status != 0) {
            throw new IllegalStateException("the check has been answered " + status);
        }
    }

    /** Shakes hands, and knows the keys then. */
    void shake() throws IOException {
        keys = dtls.connect(leg.security().fingerprint());
        receiver = keys.receiver();
        sender = keys.sender();
    }

    /** Comes up as a browser does. */
    public Browser connect() throws IOException {
        leg.negotiated(terms());
        passes();
        shake();
        return this;
    }

    /** Hears what is for another one: the same browser, at another address. */
    void hear(SrtpKeys those) {
        receiver = those.receiver();
    }

    SrtpKeys keys() {
        return keys;
    }

    /** Protects and sends the next packet of audio. */
    public void say(byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(12 + payload.length + SrtpSender.TRAILER_BYTES_MAX);
        b.put((byte) 0x80).put((byte) 0);
        b.putShort((short) sequence).putInt(timestamp).putInt(ssrc).put(payload);
        int length = sender.protect(b.array(), 12 + payload.length);
        lastSent = Arrays.copyOf(b.array(), length);
        send(lastSent);
        sequence++;
        timestamp += payload.length;
    }

    byte[] lastSent() {
        return lastSent.clone();
    }

    void talk(int packets, byte fill) {
        Phone.paced(packets, () -> say(Phone.octets(160, fill)));
    }

    /** Says close_notify. */
    void hangUp() throws IOException {
        dtls.close();
    }

    @Override
    public void close() {
        socket.close();
    }
}
