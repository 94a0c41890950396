package io.segue.sdp;

/**
 * What one side of a browser's stream says of itself: how the other one checks that it gets through (ICE, RFC 8839 5.4), and whose certificate it will see (DTLS-SRTP,
 * RFC 5763 5).
 *
 * @param ufrag {@code ice-ufrag}, 4 to 256 ice-chars
 * @param password {@code ice-pwd}, 22 to 256 ice-chars
 */
public record Security(String ufrag, String password, Fingerprint fingerprint) {
    private static final int CHARS_MAX = 256;
    private static final int UFRAG_CHARS_MIN = 4;
    private static final int PASSWORD_CHARS_MIN = 22;

    public Security {
        if (!isUfrag(ufrag) || !isPassword(password)) {
            throw new IllegalArgumentException("no ice-ufrag or no ice-pwd");
        }
    }

    static boolean isUfrag(String text) {
        return isIce(text, UFRAG_CHARS_MIN);
    }

    static boolean isPassword(String text) {
        return isIce(text, PASSWORD_CHARS_MIN);
    }

    private static boolean isIce(String text, int charsMin) {
        return text.length() >= charsMin
                && text.length() <= CHARS_MAX
                && text.chars().allMatch(Security::isIceChar);
    }

    private static boolean isIceChar(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** Without the password, which is nobody's but the peers'. */
    @Override
    public String toString() {
        return "Security[ufrag=" + ufrag + ", fingerprint=" + fingerprint + "]";
    }
}
