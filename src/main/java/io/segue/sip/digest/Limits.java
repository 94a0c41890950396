package io.segue.sip.digest;

/**
 * Limits of the side that challenges.
 *
 * @param nonceLifetimeMs how long a nonce may be used; after it the challenge comes again with {@code stale=true}
 * @param noncesMax nonces in use whose counts are remembered; past it the oldest are as if they had expired
 * @param authorizationsMax values of {@code Authorization} looked at in one request
 */
public record Limits(long nonceLifetimeMs, int noncesMax, int authorizationsMax) {

    public static Limits defaults() {
        return new Limits(300_000, 10_000, 4);
    }
}
