package io.segue.call;

/**
 * How much there may be of a call.
 *
 * @param turnsMax turns kept of it; a call has some ten a minute
 * @param humanMediaMs an answered phone that sends nothing for so long is hung up
 * @param durationMs a call is ended after so long
 */
public record Limits(int turnsMax, int humanMediaMs, long durationMs) {
    public static Limits defaults() {
        return new Limits(2_000, 1_000, 8 * 3_600_000L);
    }
}
