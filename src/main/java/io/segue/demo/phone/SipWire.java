package io.segue.demo.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** SIP for a bank of phones: retransmission on both sides (RFC 3261 17) and nothing else. The bank's loop alone calls it. */
final class SipWire {
    private static final Logger LOG = Logger.getLogger(SipWire.class);
    private static final int T1_MS = 500;
    private static final int T2_MS = 4_000;
    private static final int GIVE_UP_MS = 32_000;
    private static final int TIMED_OUT = 408;

    final InetSocketAddress local;
    final String transport;
    private final SipCarrier carrier;
    private final PhoneLoop loop;
    private final BiConsumer<SipText, InetSocketAddress> onRequest;
    private final BiConsumer<SipText, String> onMessage;
    private final Map<String, Pending> pending = new HashMap<>();
    private final Map<String, String> acks = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private final Consumer<SipText> strayResponse;
    final AtomicLong retransmitted = new AtomicLong();
    final AtomicLong repeatsReceived = new AtomicLong();

    SipWire(
            SipCarrier carrier,
            PhoneLoop loop,
            BiConsumer<SipText, String> onMessage,
            BiConsumer<SipText, InetSocketAddress> onRequest,
            Consumer<SipText> strayResponse)
            throws IOException {
        this.loop = loop;
        this.onMessage = onMessage;
        this.onRequest = onRequest;
        this.strayResponse = strayResponse;
        this.carrier = carrier;
        local = carrier.local();
        transport = carrier.transport();
        carrier.listen(loop, this::take);
    }

    /** Sends a request until it is answered; a timeout is a response of 408 that nobody sent. */
    void request(String branch, String text, InetSocketAddress to, Consumer<SipText> onResponse) {
        SipText parsed = SipText.read(text);
        if (parsed == null) {
            throw new IllegalStateException("no SIP: " + text);
        }
        Pending request =
                new Pending(branch + parsed.method(), text, to, parsed.method().equals("INVITE"), onResponse);
        pending.put(request.key, request);
        send(text, to);
        request.timer = loop.after(T1_MS, () -> again(request, T1_MS, T1_MS));
    }

    private void again(Pending request, long interval, long elapsed) {
        if (pending.get(request.key) != request || (request.provisional && request.invite)) {
            return;
        }
        if (elapsed >= GIVE_UP_MS) {
            pending.remove(request.key);
            request.onResponse.accept(timedOut(request.text));
            return;
        }
        if (transport.equals("UDP")) {
            retransmitted.incrementAndGet();
            send(request.text, request.to);
        }
        long next = request.invite ? interval * 2 : Math.min(T2_MS, interval * 2);
        request.timer = loop.after(next, () -> again(request, next, elapsed + next));
    }

    /** Answers a request and keeps the answer for its repetitions. */
    void answer(SipText request, String text, InetSocketAddress to) {
        String key = request.branch() + request.method();
        answers.put(key, text);
        loop.after(GIVE_UP_MS, () -> answers.remove(key, text));
        send(text, to);
    }

    /** Acknowledges a refusal, each time it comes (17.1.1.3). */
    void acknowledge(String branch, String ack, InetSocketAddress to) {
        acks.put(branch, ack);
        loop.after(GIVE_UP_MS, () -> acks.remove(branch));
        send(ack, to);
    }

    /** Does not wait for a response to it any more. */
    void forget(String branch, String method) {
        pending.remove(branch + method);
    }

    void send(String text, InetSocketAddress to) {
        try {
            carrier.send(text, to);
        } catch (IOException e) {
            LOG.debug("a message was not sent", e);
        }
    }

    private void take(String text, InetSocketAddress from) {
        SipText message = SipText.read(text);
        if (message == null) {
            return;
        }
        onMessage.accept(message, text);
        if (message.isRequest()) {
            request(message, from);
        } else {
            response(message, from);
        }
    }

    private void request(SipText message, InetSocketAddress from) {
        String before = answers.get(message.branch() + message.method());
        if (before != null) {
            repeatsReceived.incrementAndGet();
            send(before, from);
        } else {
            onRequest.accept(message, from);
        }
    }

    private void response(SipText message, InetSocketAddress from) {
        String branch = message.branch();
        Pending request = pending.get(branch + message.method());
        if (request == null) {
            String ack = acks.get(branch);
            if (ack != null) {
                repeatsReceived.incrementAndGet();
                send(ack, from);
            } else {
                strayResponse.accept(message);
            }
            return;
        }
        request.provisional = true;
        if (message.status() >= 200) {
            pending.remove(request.key);
            request.timer.cancel();
        }
        request.onResponse.accept(message);
    }

    private static SipText timedOut(String request) {
        String headers = request.substring(request.indexOf("\r\n"), request.indexOf("\r\n\r\n") + 4);
        SipText made = SipText.read("SIP/2.0 " + TIMED_OUT + " Timed Out Here" + headers);
        if (made == null) {
            throw new IllegalStateException(request);
        }
        return made;
    }

    private static final class Pending {
        private final String key;
        private final String text;
        private final InetSocketAddress to;
        private final boolean invite;
        private final Consumer<SipText> onResponse;
        private boolean provisional;
        private PhoneLoop.Timer timer;

        Pending(String key, String text, InetSocketAddress to, boolean invite, Consumer<SipText> onResponse) {
            this.key = key;
            this.text = text;
            this.to = to;
            this.invite = invite;
            this.onResponse = onResponse;
            this.timer = new PhoneLoop.Timer(0, () -> {});
        }
    }
}
