package io.segue.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Between two banks of phones: what comes from one goes to the other, with an rtpengine put into the descriptions. It leaves everything else as it is, so that the rest of a
 * call goes from phone to phone.
 */
final class SdpProxy implements AutoCloseable {
    private static final Pattern CALL_ID = Pattern.compile("(?mi)^Call-ID: *([^\r\n]+)");
    private static final Pattern FROM_TAG = Pattern.compile("(?mi)^From:[^\r\n]*;tag=([^;\r\n]+)");
    private static final Pattern TO_TAG = Pattern.compile("(?mi)^To:[^\r\n]*;tag=([^;\r\n]+)");
    private static final Pattern LENGTH = Pattern.compile("(?mi)^Content-Length:[^\r\n]*");

    private final RtpEngine engine;
    private final InetSocketAddress callers;
    private final InetSocketAddress humans;
    private final DatagramSocket socket;
    private final Thread thread;
    private final Set<String> calls = ConcurrentHashMap.newKeySet();

    SdpProxy(RtpEngine engine, InetSocketAddress callers, InetSocketAddress humans) throws IOException {
        this.engine = engine;
        this.callers = callers;
        this.humans = humans;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("sdp-proxy").start(this::run);
    }

    /** Where the callers call. */
    InetSocketAddress sip() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void run() {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        while (!socket.isClosed()) {
            try {
                packet.setLength(65_536);
                socket.receive(packet);
                boolean fromCaller = packet.getSocketAddress().equals(callers);
                String message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                byte[] octets = rewritten(message, fromCaller).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(octets, octets.length, fromCaller ? humans : callers));
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String rewritten(String message, boolean fromCaller) throws IOException {
        int body = message.indexOf("\r\n\r\n") + 4;
        if (body == message.length()) {
            return message;
        }
        String head = message.substring(0, body);
        String sdp = message.substring(body);
        String callId = find(CALL_ID, head);
        calls.add(callId);
        String other = fromCaller
                ? engine.offer(callId, find(FROM_TAG, head), sdp)
                : engine.answer(callId, find(FROM_TAG, head), find(TO_TAG, head), sdp);
        return LENGTH.matcher(head).replaceFirst("Content-Length: " + other.length()) + other;
    }

    private static String find(Pattern pattern, String head) {
        Matcher matcher = pattern.matcher(head);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + head);
        }
        return matcher.group(1).trim();
    }

    /** Takes the calls out of the rtpengine again. */
    @Override
    public void close() throws IOException, InterruptedException {
        socket.close();
        thread.join();
        for (String callId : calls) {
            engine.delete(callId);
        }
    }
}
