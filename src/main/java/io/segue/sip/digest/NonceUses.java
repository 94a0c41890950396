package io.segue.sip.digest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which counts of which nonces have been used. Bounded: what is forgotten is never accepted again, because the nonces made no later than a
 * forgotten one count as used up. Only right answers get in here, so a stranger cannot crowd the table.
 */
final class NonceUses {
    /** Requests may overtake one another on UDP by so many counts. */
    private static final int WINDOW = 64;

    private final int noncesMax;
    private final Map<String, Use> uses = new LinkedHashMap<>();
    private long forgottenUpToMs = Long.MIN_VALUE;

    NonceUses(int noncesMax) {
        this.noncesMax = noncesMax;
    }

    /**
     * Takes a count of a nonce, once.
     *
     * @return false: taken before, too far behind, or the nonce may have been forgotten
     */
    boolean take(String nonce, long madeMs, long count, long expiredBeforeMs) {
        Use use = uses.get(nonce);
        if (use != null) {
            return use.take(count);
        }
        if (madeMs <= forgottenUpToMs) {
            return false;
        }
        makeRoom(expiredBeforeMs);
        Use first = new Use(madeMs);
        uses.put(nonce, first);
        return first.take(count);
    }

    int size() {
        return uses.size();
    }

    private void makeRoom(long expiredBeforeMs) {
        var eldest = uses.values().iterator();
        while (eldest.hasNext()) {
            Use use = eldest.next();
            if (use.madeMs >= expiredBeforeMs) {
                if (uses.size() < noncesMax) {
                    return;
                }
                forgottenUpToMs = Math.max(forgottenUpToMs, use.madeMs);
            }
            eldest.remove();
        }
    }

    private static final class Use {
        final long madeMs;
        private long highest;
        private long taken;

        Use(long madeMs) {
            this.madeMs = madeMs;
        }

        boolean take(long count) {
            if (count > highest) {
                long ahead = count - highest;
                taken = ahead >= WINDOW ? 1 : taken << ahead | 1;
                highest = count;
                return true;
            }
            long behind = highest - count;
            if (behind >= WINDOW || (taken >>> behind & 1) == 1) {
                return false;
            }
            taken |= 1L << behind;
            return true;
        }
    }
}
