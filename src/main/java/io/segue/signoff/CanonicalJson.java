package io.segue.signoff;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON in one form only, so that two programs hash the same bytes: RFC 8785 (JCS). One thing differs: a whole number keeps all its digits, where RFC 8785 would
 * round beyond 2<sup>53</sup>; two account numbers never hash alike.
 */
public final class CanonicalJson {
    private static final BigDecimal PLAIN_BELOW = new BigDecimal("1e21");
    private static final BigDecimal PLAIN_FROM = new BigDecimal("1e-6");

    private CanonicalJson() {}

    /** The SHA-256 of the canonical form in UTF-8, 64 hex digits in lower case. */
    public static String sha256(Map<String, Object> object) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(write(object).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** @param value a tree of maps, iterables, strings, numbers, booleans and nulls */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        value(out, value);
        return out.toString();
    }

    private static void value(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(out, text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Number number -> number(out, number);
            case Map<?, ?> members -> object(out, members);
            case Iterable<?> elements -> {
                out.append('[');
                String comma = "";
                for (Object element : elements) {
                    out.append(comma);
                    value(out, element);
                    comma = ",";
                }
                out.append(']');
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        }
    }

    /** By UTF-16 code units, as strings compare in Java (RFC 8785, 3.2.3). */
    private static void object(StringBuilder out, Map<?, ?> members) {
        TreeMap<String, @Nullable Object> sorted = new TreeMap<>();
        members.forEach((name, member) -> sorted.put(String.valueOf(name), member));
        out.append('{');
        String comma = "";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.append(comma);
            string(out, member.getKey());
            out.append(':');
            value(out, member.getValue());
            comma = ",";
        }
        out.append('}');
    }

    /** As ECMAScript writes a number (RFC 8785, 3.2.2.3): the fewest digits that read back the same. */
    private static void number(StringBuilder out, Number number) {
        if (number instanceof Integer || number instanceof Long || number instanceof BigInteger) {
            out.append(number);
            return;
        }
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("no JSON number: " + value);
        }
        if (value == 0) {
            out.append('0');
            return;
        }
        BigDecimal shortest = shortest(value);
        BigDecimal size = shortest.abs();
        if (size.compareTo(PLAIN_FROM) >= 0 && size.compareTo(PLAIN_BELOW) < 0) {
            out.append(shortest.toPlainString());
            return;
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        out.append(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent));
    }

    /** Java writes two digits where one would do: 4.9E-324. */
    private static BigDecimal shortest(double value) {
        BigDecimal written = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        BigDecimal oneDigit = written.round(new MathContext(1));
        return oneDigit.doubleValue() == value ? oneDigit.stripTrailingZeros() : written;
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
