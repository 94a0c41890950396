package io.segue.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** Says once a second how far a long piece of work has got. */
final class Progress {
    private static final int LOOK_EVERY = 1_024;

    private final PrintWriter to;
    private final String what;
    private final long begun = System.nanoTime();
    private long said = begun;
    private long count;

    /** @param what is counted, in the plural */
    Progress(PrintWriter to, String what) {
        this.to = to;
        this.what = what;
    }

    void one() {
        if (++count % LOOK_EVERY == 0) {
            long now = System.nanoTime();
            if (now - said > 1_000_000_000L) {
                said = now;
                to.println(line(now));
            }
        }
    }

    /** How many, and how fast. */
    String line() {
        return line(System.nanoTime());
    }

    private String line(long now) {
        double seconds = (now - begun) / 1e9;
        return String.format(
                Locale.ROOT,
                "%,d %s in %.1f s (%,d a second)",
                count,
                what,
                seconds,
                Math.round(count / Math.max(seconds, 1e-3)));
    }
}
