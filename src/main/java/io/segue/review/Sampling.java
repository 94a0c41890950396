package io.segue.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Which turns are worth a label. A share of all turns is drawn by lot and offered in the order of the lot; those are never offered for their risk, so that
 * what is labelled of them stays a fair sample. The others come by (1 − confidence) × business risk, most first.
 *
 * @param randomShare of all turns, 0 to 1: offered by lot; as much of what is offered
 * @param secondShare of the labelled turns, 0 to 1: offered to a second reviewer; as much of what is offered
 */
public record Sampling(double randomShare, double secondShare) {
    /** The risk of an intent that nobody has set one for. */
    public static final double RISK_DEFAULT = 0.5;

    private static final double LOTS = 0x1p32;

    public Sampling {
        if (!(randomShare >= 0 && secondShare >= 0 && randomShare + secondShare <= 1)) {
            throw new IllegalArgumentException(
                    "shares have to be 0 to 1 together, not " + randomShare + " and " + secondShare);
        }
    }

    /**
     * What to offer next; when there is none of the first, one of the next.
     *
     * @param dice 0 to 1, 1 excluded
     */
    public List<Slice> order(double dice) {
        if (dice < randomShare) {
            return List.of(Slice.RANDOM, Slice.RISK, Slice.SECOND);
        }
        return dice < randomShare + secondShare
                ? List.of(Slice.SECOND, Slice.RISK, Slice.RANDOM)
                : List.of(Slice.RISK, Slice.RANDOM, Slice.SECOND);
    }

    /**
     * @param confidence 0 to 1
     * @param risk of the intent, 0 to 1
     */
    public static double score(double confidence, double risk) {
        return (1 - confidence) * risk;
    }

    /** A turn's lot, 0 to 1 (1 excluded): the first 32 bits of the MD5 of {@code call/turn}, the same in every database and at every look. */
    public static double lot(String call, String turn) {
        return lot(call, turn, 0);
    }

    /** The same for its second label, by the next 32 bits. */
    public static double secondLot(String call, String turn) {
        return lot(call, turn, Integer.BYTES);
    }

    private static double lot(String call, String turn, int from) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest((call + '/' + turn).getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                bits = bits << 8 | (digest[from + i] & 0xFF);
            }
            return bits / LOTS;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
