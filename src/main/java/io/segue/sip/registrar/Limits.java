package io.segue.sip.registrar;

/**
 * Limits of the registrar.
 *
 * @param defaultSeconds how long a binding lasts when nothing is asked for
 * @param minSeconds shorter is answered 423; 3600 at most (RFC 3261 10.3)
 * @param maxSeconds longer is cut to this
 * @param contactsMax bindings of one user; past it 503
 */
public record Limits(long defaultSeconds, long minSeconds, long maxSeconds, int contactsMax) {

    public Limits {
        if (minSeconds > 3_600 || maxSeconds < minSeconds || defaultSeconds < minSeconds) {
            throw new IllegalArgumentException(
                    "a registrar asks for no more than an hour and gives no less than it asks for");
        }
    }

    public static Limits defaults() {
        return new Limits(600, 60, 3_600, 8);
    }
}
