package io.segue.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes sent to the gateway and messages that come back, over UDP or one TCP connection, read with no help of the gateway's. */
abstract class RawSip implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^(?:Content-Length|l)[ \t]*:[ \t]*(\\d+)");
    private static final int PATIENCE_MS = 10_000;

    final InetSocketAddress gateway;

    private RawSip(InetSocketAddress gateway) {
        this.gateway = gateway;
    }

    /** A message as it came, one char for each octet. */
    record Message(String text) {
        /** The status of a response; 0 for a request. */
        int status() {
            return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text.substring(8, 11)) : 0;
        }

        /** A header's first value by its name; none: an empty text. */
        String header(String name) {
            Matcher matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + "[ \t]*:[ \t]*(.*?)\r?$")
                    .matcher(text);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** Sends bytes as they are. */
    abstract void send(byte[] bytes) throws IOException;

    /** The next message; none within that time. */
    abstract @Nullable Message next(int waitMs) throws IOException;

    abstract String transport();

    abstract InetSocketAddress local();

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next message, which has to come. */
    Message next() throws IOException {
        Message message = next(PATIENCE_MS);
        if (message == null) {
            throw new AssertionError("nothing came within " + PATIENCE_MS + " ms");
        }
        return message;
    }

    /**
     * What comes before the gateway answers an OPTIONS that is sent now. It reads what comes by one way in order, so whatever it had to say to what was
     * sent before has come by then.
     */
    List<Message> untilPing() throws IOException {
        String id = fresh();
        send(request("OPTIONS", "ping", id, "", ""));
        List<Message> before = new ArrayList<>();
        Message message = next();
        while (!message.header("Call-ID").equals(id)) {
            before.add(message);
            message = next();
        }
        if (message.status() != 200) {
            throw new AssertionError("the ping was answered " + message.text());
        }
        return before;
    }

    /** A request outside a dialog, its number 1. */
    String request(String method, String user, String callId, String headers, String body) {
        String us = local().getAddress().getHostAddress() + ":" + local().getPort();
        int port = gateway.getPort();
        return method + " sip:" + user + "@127.0.0.1:" + port + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport() + " " + us + ";branch=z9hG4bK" + callId + "\r\n"
                + "Max-Forwards: 70\r\n"
                + "From: <sip:+15550199@" + us + ">;tag=from" + callId + "\r\n"
                + "To: <sip:" + user + "@127.0.0.1:" + port + ">\r\n"
                + "Call-ID: " + callId + "\r\n"
                + "CSeq: 1 " + method + "\r\n"
                + "Contact: <sip:caller@" + us + ">\r\n"
                + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** An INVITE with a description of one G.711 stream. */
    String invite(String user, String callId) {
        return request(
                "INVITE",
                user,
                callId,
                "Content-Type: application/sdp\r\n",
                "v=0\r\no=x 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n");
    }

    /** A request that goes on from an answer: with the To that it has. */
    static String after(Message answer, String request) {
        return request.replaceFirst("(?m)^To: .*$", Matcher.quoteReplacement("To: " + answer.header("To")));
    }

    /** The final answer to what was sent last; what comes before it is passed over. */
    Message finalAnswer() throws IOException {
        Message message = next();
        while (message.status() < 200) {
            message = next();
        }
        return message;
    }

    static String fresh() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** From a port of this address to the gateway of the tests of SIP. */
    static RawSip udp(String address) throws IOException {
        return udp(address, SipGateway.get().seen().sip());
    }

    /** The same to another gateway. */
    static RawSip udp(String address, InetSocketAddress gateway) throws IOException {
        return new Udp(address, gateway);
    }

    /** A connection from this address to the gateway of the tests of SIP. */
    static RawSip tcp(String address) throws IOException {
        return tcp(address, SipGateway.get().seen().sip());
    }

    /** The same to another gateway. */
    static RawSip tcp(String address, InetSocketAddress gateway) throws IOException {
        return new Tcp(address, gateway);
    }

    private static final class Udp extends RawSip {
        private final DatagramSocket socket;
        private final byte[] in = new byte[65_536];

        Udp(String address, InetSocketAddress gateway) throws IOException {
            super(gateway);
            socket = new DatagramSocket(0, InetAddress.ofLiteral(address));
        }

        @Override
        void send(byte[] bytes) throws IOException {
            socket.send(new DatagramPacket(bytes, bytes.length, gateway));
        }

        @Override
        @Nullable
        Message next(int waitMs) throws IOException {
            socket.setSoTimeout(Math.max(1, waitMs));
            DatagramPacket packet = new DatagramPacket(in, in.length);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return null;
            }
            return new Message(new String(in, 0, packet.getLength(), StandardCharsets.ISO_8859_1));
        }

        @Override
        String transport() {
            return "UDP";
        }

        @Override
        InetSocketAddress local() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    private static final class Tcp extends RawSip {
        private final Socket socket = new Socket();
        private final InputStream in;

        Tcp(String address, InetSocketAddress gateway) throws IOException {
            super(gateway);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
            socket.connect(gateway, PATIENCE_MS);
            in = socket.getInputStream();
        }

        @Override
        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        @Nullable
        Message next(int waitMs) throws IOException {
            socket.setSoTimeout(Math.max(1, waitMs));
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            String text = "";
            while (!text.endsWith("\r\n\r\n")) {
                int octet;
                try {
                    octet = in.read();
                } catch (SocketTimeoutException e) {
                    return null;
                }
                if (octet < 0) {
                    throw new IOException("the gateway closed the connection after " + text);
                }
                head.write(octet);
                text = octet == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
            }
            Matcher length = LENGTH.matcher(text);
            int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
            return new Message(text + new String(in.readNBytes(body), StandardCharsets.ISO_8859_1));
        }

        @Override
        String transport() {
            return "TCP";
        }

        @Override
        InetSocketAddress local() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
