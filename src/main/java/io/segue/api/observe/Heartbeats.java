package io.segue.api.observe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** The loops that have to keep turning: SIP listeners, media loops, signalling threads. Each says when it last turned. */
public final class Heartbeats {
    private final LongSupplier nowNanos;
    private final long silentMaxMs;
    private final List<Heart> hearts = new CopyOnWriteArrayList<>();

    private record Heart(String name, LongSupplier lastTurnNanos) {}

    /**
     * @param nowNanos the clock that the loops read too, {@code System.nanoTime}
     * @param silentMaxMs a loop that has not turned for longer has stopped
     */
    public Heartbeats(LongSupplier nowNanos, long silentMaxMs) {
        this.nowNanos = nowNanos;
        this.silentMaxMs = silentMaxMs;
    }

    /** @param name such as {@code sip udp} or {@code media loop 0} */
    public void watch(String name, LongSupplier lastTurnNanos) {
        hearts.add(new Heart(name, lastTurnNanos));
    }

    /** How long ago each turned, in milliseconds, by name. */
    public Map<String, Long> silentMs() {
        long now = nowNanos.getAsLong();
        Map<String, Long> silent = new TreeMap<>();
        hearts.forEach(
                heart -> silent.put(heart.name, Math.max(0, (now - heart.lastTurnNanos.getAsLong()) / 1_000_000)));
        return silent;
    }

    public boolean allTurn() {
        return silentMs().values().stream().allMatch(ms -> ms <= silentMaxMs);
    }
}
