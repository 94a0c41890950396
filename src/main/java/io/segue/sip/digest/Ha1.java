package io.segue.sip.digest;

/**
 * What is kept instead of a password: H(username:realm:password) by each algorithm, lower-case hexadecimal (RFC 7616 3.4.2).
 *
 * @param md5 32 digits
 * @param sha256 64 digits
 */
public record Ha1(String md5, String sha256) {

    /** The values for a password. They hold for this username in this realm only. */
    public static Ha1 of(String username, String realm, String password) {
        String text = username + ":" + realm + ":" + password;
        return new Ha1(DigestAlgorithm.MD5.hash(text), DigestAlgorithm.SHA_256.hash(text));
    }

    String by(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case MD5 -> md5;
            case SHA_256 -> sha256;
        };
    }

    @Override
    public String toString() {
        return "Ha1[…]";
    }
}
