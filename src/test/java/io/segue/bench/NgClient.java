package io.segue.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** rtpengine's NG protocol (docs/ng_control_protocol.md there): bencoded dictionaries over UDP, each with a cookie before it. Not for several threads at once. */
final class NgClient implements AutoCloseable {
    private static final int TIMEOUT_MS = 2000;
    private static final int DATAGRAM_BYTES_MAX = 65_507;

    private final DatagramSocket socket = new DatagramSocket();
    private final InetSocketAddress server;
    private int cookie;

    NgClient(InetSocketAddress server) throws IOException {
        this.server = server;
        socket.setSoTimeout(TIMEOUT_MS);
    }

    /** Sends a command and gives what was answered; texts are strings and lists of strings. */
    Map<String, Object> ask(Map<String, Object> command) throws IOException {
        String mark = "segue" + ++cookie;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes((mark + " ").getBytes(StandardCharsets.US_ASCII));
        write(out, command);
        byte[] octets = out.toByteArray();
        socket.send(new DatagramPacket(octets, octets.length, server));
        DatagramPacket answer = new DatagramPacket(new byte[DATAGRAM_BYTES_MAX], DATAGRAM_BYTES_MAX);
        while (true) {
            answer.setLength(DATAGRAM_BYTES_MAX);
            socket.receive(answer);
            String text = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.ISO_8859_1);
            if (text.startsWith(mark + " ")) {
                return new Reader(text, mark.length() + 1).dictionary();
            }
        }
    }

    /** Whether it answers. */
    boolean pings() throws IOException {
        try {
            return "pong".equals(ask(Map.of("command", "ping")).get("result"));
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        switch (value) {
            case String text -> {
                byte[] octets = text.getBytes(StandardCharsets.UTF_8);
                out.writeBytes((octets.length + ":").getBytes(StandardCharsets.US_ASCII));
                out.writeBytes(octets);
            }
            case List<?> list -> {
                out.write('l');
                list.forEach(one -> write(out, one));
                out.write('e');
            }
            case Map<?, ?> map -> {
                out.write('d');
                new TreeMap<>(map).forEach((key, one) -> {
                    write(out, key);
                    write(out, one);
                });
                out.write('e');
            }
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text, int at) {
            this.text = text;
            this.at = at;
        }

        Map<String, Object> dictionary() {
            Map<String, Object> map = new TreeMap<>();
            at++;
            while (text.charAt(at) != 'e') {
                map.put((String) value(), value());
            }
            at++;
            return map;
        }

        private Object value() {
            return switch (text.charAt(at)) {
                case 'd' -> dictionary();
                case 'l' -> {
                    StringBuilder all = new StringBuilder();
                    at++;
                    while (text.charAt(at) != 'e') {
                        all.append(value()).append('\n');
                    }
                    at++;
                    yield all.toString();
                }
                case 'i' -> {
                    int end = text.indexOf('e', at);
                    String number = text.substring(at + 1, end);
                    at = end + 1;
                    yield number;
                }
                default -> {
                    int colon = text.indexOf(':', at);
                    int length = Integer.parseInt(text.substring(at, colon));
                    at = colon + 1 + length;
                    yield text.substring(colon + 1, at);
                }
            };
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
