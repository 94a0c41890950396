package io.segue.net;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many WebSockets there are, in all and from each address. Safe from any thread. */
final class Seats {
    private final int max;
    private final int perAddressMax;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    Seats(int max, int perAddressMax) {
        this.max = max;
        this.perAddressMax = perAddressMax;
    }

    /** Whether there was room; then it is taken. */
    boolean take(InetAddress address) {
        if (all.incrementAndGet() > max) {
            all.decrementAndGet();
            return false;
        }
        boolean here = perAddress.merge(address, 1, Integer::sum) <= perAddressMax;
        if (!here) {
            give(address);
        }
        return here;
    }

    void give(InetAddress address) {
        all.decrementAndGet();
        perAddress.computeIfPresent(address, (key, taken) -> taken == 1 ? null : taken - 1);
    }

    int taken() {
        return all.get();
    }
}
