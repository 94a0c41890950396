package io.segue.api.auth;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins that failed, per address and per human, in windows of a minute. An attempt counts as failed until it is known to have succeeded, so that many at
 * once are no way around it.
 */
public final class SignInAttempts {
    private static final long WINDOW_MS = 60_000;

    private final Limits limits;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    /**
     * How many may fail.
     *
     * @param perAddressMax failures of one address in a minute
     * @param perHumanMax failures for one human in a minute, wherever from
     * @param trackedMax addresses and humans that are kept in mind; past it the one that began first is forgotten
     */
    public record Limits(int perAddressMax, int perHumanMax, int trackedMax) {}

    private static final class Window {
        private final long sinceMs;
        private int failed;

        Window(long sinceMs) {
            this.sinceMs = sinceMs;
        }
    }

    public SignInAttempts(Limits limits) {
        this.limits = limits;
    }

    /** Counts an attempt; 0: go on, else it is too many, and how many seconds to wait. */
    public synchronized int begin(String address, String human, long nowMs) {
        // An attempt that is refused takes no place: else one address could push out what is remembered of others, and
        // of itself.
        long waitMs = Math.max(
                waitMs(where(address), limits.perAddressMax, nowMs), waitMs(whose(human), limits.perHumanMax, nowMs));
        if (waitMs > 0) {
            return Math.toIntExact((waitMs + 999) / 1000);
        }
        counted(where(address), nowMs).failed++;
        counted(whose(human), nowMs).failed++;
        return 0;
    }

    /** It was none that failed. */
    public synchronized void succeeded(String address, String human, long nowMs) {
        forgive(current(where(address), nowMs));
        forgive(current(whose(human), nowMs));
    }

    private static void forgive(@Nullable Window window) {
        if (window != null) {
            window.failed--;
        }
    }

    private static String where(String address) {
        return "address " + address;
    }

    private static String whose(String human) {
        return "human " + human;
    }

    private long waitMs(String key, int max, long nowMs) {
        Window window = current(key, nowMs);
        return window != null && window.failed >= max ? window.sinceMs + WINDOW_MS - nowMs : 0;
    }

    private @Nullable Window current(String key, long nowMs) {
        Window window = windows.get(key);
        return window == null || nowMs - window.sinceMs >= WINDOW_MS ? null : window;
    }

    private Window counted(String key, long nowMs) {
        Window window = current(key, nowMs);
        if (window == null) {
            windows.remove(key);
            window = new Window(nowMs);
            windows.put(key, window);
            Iterator<String> oldest = windows.keySet().iterator();
            while (windows.size() > limits.trackedMax) {
                oldest.next();
                oldest.remove();
            }
        }
        return window;
    }
}
