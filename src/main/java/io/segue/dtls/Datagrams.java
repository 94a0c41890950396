package io.segue.dtls;

import io.segue.rtp.srtp.KeyAgreement.Peer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/** One handshake's datagrams: those that have come wait here, those that go are the leg's to send. */
final class Datagrams implements DatagramTransport {
    private static final int RECEIVE_BYTES_MAX = 1500;
    /** What gets through everywhere with the headers of IP and UDP. */
    private static final int SEND_BYTES_MAX = 1200;

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> waiting;
    private final Peer peer;
    private volatile boolean closed;

    Datagrams(int datagramsMax, Peer peer) {
        this.waiting = new LinkedBlockingQueue<>(datagramsMax);
        this.peer = peer;
    }

    boolean offer(byte[] datagram) {
        return waiting.offer(datagram);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES_MAX;
    }

    @Override
    public int getSendLimit() {
        return SEND_BYTES_MAX;
    }

    /** Once closed this throws: a mere "nothing came" would have the library ask again and again. */
    @Override
    public int receive(byte[] into, int offset, int length, int waitMillis) throws IOException {
        if (closed) {
            throw new EOFException("closed");
        }
        byte[] datagram;
        try {
            datagram = waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
        if (closed) {
            throw new EOFException("closed");
        }
        if (datagram == null) {
            return -1;
        }
        int taken = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, into, offset, taken);
        return taken;
    }

    @Override
    public void send(byte[] from, int offset, int length) {
        peer.send(from, offset, length);
    }

    @Override
    public void close() {
        closed = true;
        // Wakes who waits; a queue that is full has woken it already.
        waiting.offer(END);
    }
}
