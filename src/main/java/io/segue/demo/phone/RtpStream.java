package io.segue.demo.phone;

import io.segue.demo.ear.Tape;
import io.segue.demo.ear.Voice;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** One leg's RTP (RFC 3550) on a socket of its own: 160 samples each 20 ms out, everything that comes in onto the tape. The bank's loop alone calls it. */
final class RtpStream implements AutoCloseable {
    private static final int SAMPLES = 160;
    // Even ports only, so that nobody's RTCP falls on another's RTP.
    private static final int PORT_FIRST = 40_000;
    private static final int PORTS = 10_000;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 37 % PORTS));

    final Tape tape;
    final InetSocketAddress local;
    private final DatagramChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(12 + SAMPLES);
    private final Queue<Integer> digits = new ArrayDeque<>();
    private byte[] audio = new byte[SAMPLES];
    private int payloadType;
    private int eventType = -1;
    private int position;
    private int sequence;
    private int timestamp;
    private boolean marker = true;
    private int eventStart;
    private int eventStep;
    private boolean connected;
    volatile boolean sending;
    volatile long sent;
    volatile long firstSentNanos;
    volatile long unreachable;

    RtpStream(InetAddress address, Selector selector, Tape tape, int seed) throws IOException {
        this.tape = tape;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        local = bind(channel, address);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
        out.putInt(8, seed * 0x9E3779B9);
        sequence = seed * 31 & 0x7FFF;
        timestamp = seed * 0x51ED27;
    }

    private static InetSocketAddress bind(DatagramChannel channel, InetAddress address) throws IOException {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = PORT_FIRST + 2 * Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
            try {
                channel.bind(new InetSocketAddress(address, port));
                return new InetSocketAddress(address, port);
            } catch (BindException e) {
                // Somebody else's: the next one.
            }
        }
        throw new IOException("no free port for RTP from " + PORT_FIRST + " on");
    }

    /** Sends to the peer from now on, in its coding. */
    void talk(Sdp peer, byte[] voice, boolean sends) throws IOException {
        if (connected) {
            channel.disconnect();
        }
        channel.connect(peer.peer());
        connected = true;
        audio = voice;
        position = position % voice.length;
        payloadType = peer.payloadType();
        eventType = peer.eventType();
        sending = sends
                && (peer.direction().equals("sendrecv") || peer.direction().equals("recvonly"));
    }

    void say(Voice voice) {
        audio = voice.as(payloadType);
        position = 0;
        marker = true;
    }

    void dial(String keys) {
        keys.chars().map("0123456789*#ABCD"::indexOf).filter(d -> d >= 0).forEach(digits::add);
    }

    /** The next 20 ms. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void tick(long now) {
        timestamp += SAMPLES;
        if (!sending) {
            position = (position + SAMPLES) % audio.length;
            marker = true;
            return;
        }
        if (sent == 0) {
            firstSentNanos = now;
        }
        out.clear();
        if (eventType >= 0 && !digits.isEmpty()) {
            event(digits.element());
        } else {
            header(payloadType, marker, timestamp);
            out.position(12).put(audio, position, SAMPLES).flip();
            marker = false;
            send();
        }
        position = (position + SAMPLES) % audio.length;
        sent = sent + 1;
    }

    /** RFC 4733 2.5: one timestamp an event, here 100 ms long, its end sent three times. */
    private void event(int digit) {
        if (eventStep == 0) {
            eventStart = timestamp;
        }
        eventStep++;
        boolean end = eventStep >= 5;
        for (int copy = 0; copy < (end ? 3 : 1); copy++) {
            out.clear();
            header(eventType, eventStep == 1, eventStart);
            out.position(12)
                    .put((byte) digit)
                    .put((byte) (end ? 0x8A : 0x0A))
                    .putShort((short) (eventStep * SAMPLES))
                    .flip();
            send();
        }
        if (end) {
            eventStep = 0;
            digits.remove();
        }
    }

    private void header(int type, boolean marked, int at) {
        out.put(0, (byte) 0x80).put(1, (byte) (type | (marked ? 0x80 : 0))).putShort(2, (short) sequence++);
        out.putInt(4, at);
    }

    private void send() {
        try {
            channel.write(out);
        } catch (IOException e) {
            failed();
        }
    }

    /** Takes a packet that has come; before the peer is known it is dropped. */
    void take(ByteBuffer in) {
        try {
            in.clear();
            if (!connected) {
                channel.receive(in);
            } else if (channel.read(in) > 0) {
                in.flip();
                tape.rtp(System.nanoTime(), in);
            }
        } catch (IOException e) {
            failed();
        }
    }

    /** A peer without a socket there (ICMP) is counted, not an end. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void failed() {
        unreachable = unreachable + 1;
    }

    @Override
    public void close() {
        sending = false;
        try {
            channel.close();
        } catch (IOException e) {
            failed();
        }
    }
}
