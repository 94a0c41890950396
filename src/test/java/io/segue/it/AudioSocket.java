package io.segue.it;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Tape;
import io.segue.demo.ear.Voice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The RTP (RFC 3550) of a phone whose SIP is somebody else's: its port goes into their session description, it speaks to whoever sends to it, and keeps
 * what it hears.
 */
final class AudioSocket implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int PACKET_MAX = 2_048;

    private final DatagramSocket socket;
    private final Tape tape = new Tape(12_000, 160);
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final byte[] audio;
    private final int payloadType;
    private final int samples;
    private final ByteBuffer out;
    private volatile SocketAddress peer;
    private int sent;
    private int position;

    /**
     * @param payloadType 0 for PCMU or 8 for PCMA
     * @param packetMs how much each of its packets carries
     */
    AudioSocket(Voice voice, int payloadType, int packetMs) {
        try {
            socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        audio = voice.as(payloadType);
        this.payloadType = payloadType;
        samples = packetMs * 8;
        out = ByteBuffer.allocate(HEADER + samples);
        Thread.ofPlatform().daemon().name("audio-" + port()).start(this::listen);
        pace.scheduleAtFixedRate(this::speak, packetMs, packetMs, TimeUnit.MILLISECONDS);
    }

    int port() {
        return socket.getLocalPort();
    }

    Tape tape() {
        return tape;
    }

    Ear ear() {
        return new Ear(tape);
    }

    private void listen() {
        byte[] in = new byte[PACKET_MAX];
        DatagramPacket packet = new DatagramPacket(in, in.length);
        while (!socket.isClosed()) {
            try {
                packet.setLength(in.length);
                socket.receive(packet);
                tape.rtp(System.nanoTime(), ByteBuffer.wrap(in, 0, packet.getLength()));
                peer = packet.getSocketAddress();
            } catch (IOException e) {
                // Closed, or the other end is (ICMP): the loop's condition tells which.
            }
        }
    }

    private void speak() {
        SocketAddress to = peer;
        if (to == null || socket.isClosed()) {
            return;
        }
        out.clear();
        out.put((byte) 0x80).put((byte) payloadType).putShort((short) sent);
        out.putInt(sent * samples).putInt(port());
        for (int i = 0; i < samples; i++) {
            out.put(audio[position++ % audio.length]);
        }
        try {
            socket.send(new DatagramPacket(out.array(), out.capacity(), to));
            sent++;
        } catch (IOException e) {
            // The call is over at the other end.
        }
    }

    @Override
    public void close() {
        pace.shutdownNow();
        socket.close();
    }
}
