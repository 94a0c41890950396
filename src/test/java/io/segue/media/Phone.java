package io.segue.media;

import io.segue.flow.media.MediaLeg;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A peer of a leg on real sockets: keeps all it receives, and sends what the test wants. Parses RTP by itself. */
final class Phone implements AutoCloseable {
    /** What came, in the order of arrival. */
    record Received(long atNanos, int type, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<byte[]> reports = new CopyOnWriteArrayList<>();
    final DatagramSocket rtp;
    final DatagramSocket rtcp;
    private final int ssrc;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;
    int sequence = 65_500;
    int timestamp = 5000;

    Phone(int ssrc) {
        this.ssrc = ssrc;
        try {
            rtp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            rtcp = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listen(rtp, true);
        listen(rtcp, false);
    }

    /** So many octets, all the same. */
    static byte[] octets(int length, int fill) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) fill);
        return octets;
    }

    private void listen(DatagramSocket socket, boolean media) {
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            while (!closed) {
                try {
                    socket.receive(packet);
                } catch (IOException e) {
                    return;
                }
                byte[] octets = Arrays.copyOf(packet.getData(), packet.getLength());
                if (media) {
                    ByteBuffer b = ByteBuffer.wrap(octets);
                    received.add(new Received(
                            System.nanoTime(),
                            b.get(1) & 0x7F,
                            b.get(1) < 0,
                            b.getShort(2) & 0xFFFF,
                            b.getInt(4),
                            b.getInt(8),
                            Arrays.copyOfRange(octets, 12, octets.length)));
                } else {
                    reports.add(octets);
                }
            }
        }));
    }

    InetSocketAddress address() {
        return (InetSocketAddress) rtp.getLocalSocketAddress();
    }

    Agreement terms() {
        return terms(Codec.PCMU, 20, true);
    }

    Agreement terms(Codec codec, int packetMs, boolean weSend) {
        int type = codec == Codec.PCMU ? 0 : 8;
        return new Agreement(
                address(),
                (InetSocketAddress) rtcp.getLocalSocketAddress(),
                codec,
                type,
                type,
                96,
                101,
                packetMs,
                weSend,
                true);
    }

    /** Sends the next audio packet. */
    void say(MediaLeg to, int type, byte[] payload) {
        send(to.local(), type, false, payload);
        sequence++;
        timestamp += payload.length;
    }

    void send(InetSocketAddress to, int type, boolean marker, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(12 + payload.length);
        b.put((byte) 0x80).put((byte) (type | (marker ? 0x80 : 0)));
        b.putShort((short) sequence).putInt(timestamp).putInt(ssrc).put(payload);
        try {
            rtp.send(new DatagramPacket(b.array(), b.capacity(), to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends so many packets at their pace. */
    void talk(MediaLeg to, int packets, byte fill) {
        byte[] payload = octets(160, fill);
        paced(packets, () -> say(to, 0, payload));
    }

    /** Does something each 20 ms. */
    static void paced(int times, Runnable task) {
        long due = System.nanoTime();
        for (int i = 0; i < times; i++) {
            long now;
            while ((now = System.nanoTime()) < due) {
                LockSupport.parkNanos(due - now);
            }
            task.run();
            due += 20_000_000;
        }
    }

    /** Departures of the sequence from +1, of the timestamp from whole packets, and of the SSRC. */
    int breaks(int samples) {
        return breaks(received, samples);
    }

    static int breaks(List<Received> received, int samples) {
        int breaks = 0;
        List<Received> all = List.copyOf(received);
        for (int i = 1; i < all.size(); i++) {
            Received before = all.get(i - 1);
            Received now = all.get(i);
            int step = now.timestamp() - before.timestamp();
            boolean ok = now.sequence() == ((before.sequence() + 1) & 0xFFFF)
                    && step >= samples
                    && step % samples == 0
                    && now.ssrc() == before.ssrc();
            breaks += ok ? 0 : 1;
        }
        return breaks;
    }

    long longestGapMs() {
        long longest = 0;
        List<Received> all = List.copyOf(received);
        for (int i = 1; i < all.size(); i++) {
            longest = Math.max(longest, all.get(i).atNanos() - all.get(i - 1).atNanos());
        }
        return longest / 1_000_000;
    }

    @Override
    public void close() {
        closed = true;
        rtp.close();
        rtcp.close();
    }
}
