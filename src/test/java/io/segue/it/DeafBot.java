package io.segue.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** An agent on a bare socket that takes the handshake (RFC 6455 4.2.2), says 100 ms of something, and reads nothing from then on. */
final class DeafBot implements AutoCloseable {
    private static final int BUFFER_BYTES = 4096;
    private static final String MEDIA = "{\"event\":\"media\",\"media\":{\"payload\":\"%s\"}}";

    private final ServerSocket server;
    private volatile Socket taken = new Socket();

    DeafBot() throws IOException {
        server = new ServerSocket();
        server.setReceiveBufferSize(BUFFER_BYTES);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::take, "deaf bot");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private void take() {
        try {
            Socket socket = server.accept();
            taken = socket;
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String key = "";
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
                    key = line.substring(line.indexOf(':') + 1).strip();
                }
            }
            String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            byte[] text = MEDIA.formatted(Base64.getEncoder().encodeToString(new byte[800]))
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] head = {(byte) 0x81, 126, (byte) (text.length >> 8), (byte) text.length};
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        taken.close();
    }
}
