package io.segue.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One TCP connection of a peer. */
final class TcpPhone implements AutoCloseable {
    final Socket socket;

    TcpPhone(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
    }

    static TcpPhone connect(String from, InetSocketAddress to) throws IOException {
        return new TcpPhone(new Socket(to.getAddress(), to.getPort(), InetAddress.ofLiteral(from), 0));
    }

    String request(String method, String branch, String... extraHeaders) {
        String sentBy = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        return Text.request(method, "TCP", sentBy, branch, extraHeaders);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The next message without a body, or line ends that stand alone; null at the end of the stream. */
    String receive() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            bytes.write(b);
            String text = bytes.toString(StandardCharsets.UTF_8);
            if (text.equals("\r\n") || text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
