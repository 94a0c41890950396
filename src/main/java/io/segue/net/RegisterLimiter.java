package io.segue.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How many REGISTERs strangers may send: a bucket per source, one for all, and a bounded table of sources. */
final class RegisterLimiter {
    private final Limits limits;
    private final Bucket all;
    private final Map<Source, Bucket> sources;

    RegisterLimiter(Limits limits) {
        this.limits = limits;
        this.all = new Bucket(limits.registersPerSecondMax(), 1_000);
        this.sources = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Source, Bucket> eldest) {
                return size() > limits.registerSourcesMax();
            }
        };
    }

    boolean admit(InetAddress source, long now) {
        Bucket own =
                sources.computeIfAbsent(Source.of(source), key -> new Bucket(limits.registersPerMinuteMax(), 60_000));
        return own.take(now) && all.take(now);
    }

    int size() {
        return sources.size();
    }

    /** An IPv4 address, or the /64 of an IPv6 one, which a single host may fill as it likes. */
    private record Source(long high, int length) {
        static Source of(InetAddress address) {
            byte[] bytes = address.getAddress();
            long high = 0;
            for (byte b : Arrays.copyOf(bytes, Math.min(bytes.length, 8))) {
                high = high << 8 | (b & 0xFF);
            }
            return new Source(high, bytes.length);
        }
    }

    /** Fills evenly to {@code size} tokens over the period. */
    private static final class Bucket {
        private final int size;
        private final long periodMs;
        private double tokens;
        private long filledAt = Long.MIN_VALUE;

        Bucket(int size, long periodMs) {
            this.size = size;
            this.periodMs = periodMs;
            this.tokens = size;
        }

        boolean take(long now) {
            if (filledAt != Long.MIN_VALUE) {
                tokens = Math.min(size, tokens + (double) (now - filledAt) * size / periodMs);
            }
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= 1;
            return true;
        }
    }
}
