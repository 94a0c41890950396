package io.segue.it;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A peer that the gateway asks things of, over UDP. It answers as the test says, and keeps what it was asked. */
final class SipPeer implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<RawSip.Message> asked = new CopyOnWriteArrayList<>();
    private volatile Function<RawSip.Message, @Nullable String> answers;

    /** @param answers to each request: the first line and headers of its own, a line each; null: it stays silent */
    SipPeer(String address, Function<RawSip.Message, @Nullable String> answers) throws IOException {
        this.answers = answers;
        this.socket = new DatagramSocket(0, InetAddress.ofLiteral(address));
        Thread.ofPlatform().daemon().name("it-peer").start(this::listen);
    }

    void answers(Function<RawSip.Message, @Nullable String> otherwise) {
        answers = otherwise;
    }

    String contact(String user) {
        return "sip:" + user + "@" + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort()
                + ";transport=udp";
    }

    /** Requests of a method, in the order they came, repeats among them. */
    List<RawSip.Message> asked(String method) {
        return asked.stream()
                .filter(message -> message.text().startsWith(method + " "))
                .toList();
    }

    private void listen() {
        byte[] in = new byte[65_536];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(in, in.length);
                socket.receive(packet);
                answer(
                        new RawSip.Message(new String(in, 0, packet.getLength(), StandardCharsets.ISO_8859_1)),
                        packet.getSocketAddress());
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(RawSip.Message request, SocketAddress from) throws IOException {
        if (request.status() != 0) {
            return;
        }
        asked.add(request);
        String said = answers.apply(request);
        if (said == null) {
            return;
        }
        StringBuilder response =
                new StringBuilder("SIP/2.0 ").append(said.strip()).append("\r\n");
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            String tag = name.equals("To") && !request.header("To").contains("tag=") ? ";tag=peer" : "";
            response.append(name)
                    .append(": ")
                    .append(request.header(name))
                    .append(tag)
                    .append("\r\n");
        }
        byte[] bytes = response.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, from));
    }

    @Override
    public void close() {
        socket.close();
    }
}
