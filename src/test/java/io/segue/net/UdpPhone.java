package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A peer with a UDP socket of its own and no SIP in it but strings. */
final class UdpPhone implements AutoCloseable {
    final DatagramSocket socket;

    UdpPhone(String host) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(host, 0));
        socket.setSoTimeout(10_000);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    String request(String method, String branch, String... extraHeaders) {
        return Text.request(method, "UDP", Text.hostPort(address()), branch, extraHeaders);
    }

    void send(String text, InetSocketAddress to) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8), to);
    }

    void send(byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    String receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    void hearsNothingFor(int millis) throws IOException {
        socket.setSoTimeout(millis);
        assertThrows(SocketTimeoutException.class, this::receive);
        socket.setSoTimeout(10_000);
    }

    @Override
    public void close() {
        socket.close();
    }
}
