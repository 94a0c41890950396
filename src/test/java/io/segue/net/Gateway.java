package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.transaction.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** An endpoint on loopback: 127.0.0.1 is a trunk, 127.0.0.2 a human, 127.0.0.3 a proxy, anybody else a stranger. */
final class Gateway implements AutoCloseable {
    final SipEndpoint endpoint;
    final Recorder user;

    Gateway() throws IOException {
        this(SipConfig.of("127.0.0.1", 0));
    }

    Gateway(SipConfig config) throws IOException {
        AtomicReference<Recorder> recorder = new AtomicReference<>();
        endpoint = SipEndpoint.start(
                config,
                source -> switch (source.getAddress().getHostAddress()) {
                    case "127.0.0.1" -> Standing.TRUNK;
                    case "127.0.0.2" -> Standing.PEER;
                    case "127.0.0.3" -> Standing.PROXY;
                    default -> Standing.STRANGER;
                },
                signalling -> {
                    recorder.set(new Recorder(signalling));
                    return recorder.get();
                });
        user = recorder.get();
    }

    InetSocketAddress udp() {
        return new InetSocketAddress(
                "127.0.0.1", endpoint.reachedAt(Transport.UDP).port());
    }

    InetSocketAddress tcp() {
        return new InetSocketAddress(
                "127.0.0.1", endpoint.reachedAt(Transport.TCP).port());
    }

    long dropped(Drop why) {
        return endpoint.counters().dropped(why);
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
