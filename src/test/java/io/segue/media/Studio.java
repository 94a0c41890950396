package io.segue.media;

import static org.junit.jupiter.api.Assertions.fail;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.MediaPlane;
import io.segue.rtp.srtp.KeyAgreement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A media plane on free ports with a call's thread, for a test. */
final class Studio implements AutoCloseable {
    final Media media;
    final TestThread thread = new TestThread();

    /** A leg with what it has told. */
    record Line(Leg leg, List<LegEvent> events) {
        <T extends LegEvent> T await(Class<T> type) {
            until(type.getSimpleName(), () -> events.stream().anyMatch(type::isInstance));
            return events.stream()
                    .filter(type::isInstance)
                    .map(type::cast)
                    .findFirst()
                    .orElseThrow();
        }

        <T extends LegEvent> List<T> all(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    Studio(int loops) {
        this(loops, 40, null, UnaryOperator.identity());
    }

    Studio(int loops, int pairs, Path sounds, UnaryOperator<Limits> limits) {
        media = new Media(config(loops, pairs, sounds, limits));
    }

    /** With browsers. */
    Studio(int loops, BrowserLimits browsers, KeyAgreement keys) {
        media = new Media(config(loops, 40, null, Studio::quick), new BrowserConfig(0, browsers), keys);
    }

    private static MediaConfig config(int loops, int pairs, Path sounds, UnaryOperator<Limits> limits) {
        int first = freeRange(pairs * 2);
        InetAddress here = InetAddress.getLoopbackAddress();
        return new MediaConfig(
                loops, here, here, first, first + pairs * 2 - 1, sounds, limits.apply(Limits.defaults()));
    }

    /** Ports, timeouts and reports that need no patience. */
    static Limits quick(Limits l) {
        return new Limits(
                l.backlogMsMax(),
                l.backlogPoolBytesMax(),
                l.marksMax(),
                l.tapFramesMax(),
                l.crossingPacketsMax(),
                l.loopEventsMax(),
                l.receiveBufferBytes(),
                300,
                400,
                200,
                l.digitsMax(),
                l.soundBytesMax());
    }

    /** Even, below the ephemeral ports, and different from run to run, since other tests may run at the same time. */
    private static int freeRange(int ports) {
        long seed = ProcessHandle.current().pid() * 31 + System.nanoTime() / 1000;
        for (int attempt = 0; attempt < 200; attempt++) {
            int first = 10_000 + (int) Math.floorMod(seed + attempt * 977L, 20_000L) / 2 * 2;
            if (isFree(first, ports)) {
                return first;
            }
        }
        return fail("no free range of ports");
    }

    private static boolean isFree(int first, int ports) {
        for (int port = first; port < first + ports; port++) {
            try (DatagramSocket probe = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                probe.setReuseAddress(false);
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    Line open(MediaLeg near) {
        List<LegEvent> events = new CopyOnWriteArrayList<>();
        return line(media.open(thread, events::add, near), events);
    }

    Line openSecure() {
        List<LegEvent> events = new CopyOnWriteArrayList<>();
        return line(media.openSecure(thread, events::add), events);
    }

    private static Line line(MediaPlane.Opening opening, List<LegEvent> events) {
        if (opening instanceof MediaPlane.Opening.Opened(Leg leg)) {
            return new Line(leg, events);
        }
        throw new UncheckedIOException(new IOException("no port"));
    }

    /** Waits for a condition, with a deadline. */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                fail("in vain: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        media.close();
        thread.close();
    }
}
