package io.segue.store;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Which of several gateways a name belongs to: the one with the highest hash of both, so that one coming or going moves only its own share. */
public final class Rendezvous {
    private Rendezvous() {}

    /** None where there are no gateways. */
    public static @Nullable String pick(String name, Collection<String> nodes) {
        String best = null;
        long highest = 0;
        for (String node : nodes) {
            long weight = hash(node + '\n' + name);
            if (best == null || weight > highest || (weight == highest && node.compareTo(best) < 0)) {
                best = node;
                highest = weight;
            }
        }
        return best;
    }

    /** FNV-1a of 64 bits, with the finisher of MurmurHash3: the last characters have to reach the highest bits. */
    private static long hash(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
