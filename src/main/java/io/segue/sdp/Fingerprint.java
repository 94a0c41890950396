package io.segue.sdp;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code a=fingerprint}: the hash of a certificate, RFC 8122 5.
 *
 * @param hash {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value as many octets as that hash has, each as two hex digits in upper case, colons between
 */
public record Fingerprint(String hash, String value) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    public Fingerprint {
        if (octets(hash) == 0 || !isHex(value, octets(hash))) {
            throw new IllegalArgumentException("no fingerprint");
        }
    }

    /** Of a certificate that has been hashed. */
    public static Fingerprint of(String hash, byte[] digest) {
        return new Fingerprint(hash, HEX.formatHex(digest));
    }

    /** Reads an attribute's value; none where the hash is weak or not known, or the value is not its length. */
    static Optional<Fingerprint> read(String value) {
        String[] words = value.strip().split(" +", 3);
        if (words.length != 2) {
            return Optional.empty();
        }
        String hash = words[0].toLowerCase(Locale.ROOT);
        String hex = words[1].toUpperCase(Locale.ROOT);
        int octets = octets(hash);
        return octets == 0 || !isHex(hex, octets) ? Optional.empty() : Optional.of(new Fingerprint(hash, hex));
    }

    private static boolean isHex(String value, int octets) {
        if (value.length() != octets * 3 - 1) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean right = i % 3 == 2 ? c == ':' : c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private static int octets(String hash) {
        return switch (hash) {
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            case "sha-512" -> 64;
            default -> 0;
        };
    }

    @Override
    public String toString() {
        return hash + " " + value;
    }
}
