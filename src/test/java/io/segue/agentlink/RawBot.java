package io.segue.agentlink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** A server that answers one handshake (or not) with bytes of the test's choice and then neither reads nor writes by itself. */
final class RawBot implements AutoCloseable {
    final CompletableFuture<Socket> accepted = new CompletableFuture<>();
    private final ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

    /** @param answer turns the client's key into what is written */
    RawBot(Answer answer) throws IOException {
        listening.setReceiveBufferSize(4096);
        Thread.ofVirtual().start(() -> {
            try {
                Socket socket = listening.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                String key = "";
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                        key = line.substring(line.indexOf(':') + 1).trim();
                    }
                }
                OutputStream out = socket.getOutputStream();
                out.write(answer.to(key));
                out.flush();
                accepted.complete(socket);
            } catch (Exception failed) {
                accepted.completeExceptionally(failed);
            }
        });
    }

    interface Answer {
        byte[] to(String key) throws Exception;
    }

    /** The end of the handshake (RFC 6455, section 4.2.2), with frames in the same segment. */
    static byte[] upgraded(String key, byte[] frames) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        byte[] head = ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + frames.length);
        System.arraycopy(frames, 0, all, head.length, frames.length);
        return all;
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/bot");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        if (accepted.isDone() && !accepted.isCompletedExceptionally()) {
            accepted.join().close();
        }
    }
}
