package io.segue.contact;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a contact is known by: a phone number (E.164 with its {@code +}), an e-mail address, or an id of the business's own. A contact may have several.
 *
 * @param value normalised; what begins with {@code +} is a number and nothing else is
 */
public record Identity(String value) {
    public static final int CHARS_MAX = 128;

    /** What is wrong with a text that is none. */
    public static final String RULE =
            "has to be a number with its country code (+15550123), an e-mail address or an id of your own, 1 to "
                    + CHARS_MAX + " characters without control characters";

    private static final int NUMBER_DIGITS_MIN = 7;
    private static final int NUMBER_DIGITS_MAX = 15;
    private static final String NUMBER_PUNCTUATION = " -./()\u00a0";

    /** Reads one as somebody wrote it; digits without a {@code +} are an id of the business's own. */
    public static Optional<Identity> of(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty()
                || stripped.length() > CHARS_MAX
                || text.codePoints().anyMatch(Identity::isUnprintable)) {
            return Optional.empty();
        }
        if (stripped.startsWith("+")) {
            return digits(stripped.substring(1)).filter(Identity::isNumber).map(digits -> new Identity("+" + digits));
        }
        boolean mail = stripped.indexOf('@') > 0 && stripped.indexOf('@') < stripped.length() - 1;
        return Optional.of(new Identity(mail ? stripped.toLowerCase(Locale.ROOT) : stripped));
    }

    /**
     * Reads a caller's number as carriers write it: {@code +1555…}, {@code 001555…}, {@code 1555…}, or national where the country is known.
     *
     * @param country the country code of national numbers, digits only; none: digits are taken to be international
     */
    public static Optional<Identity> ofCaller(String user, @Nullable String country) {
        boolean plus = user.startsWith("+");
        Optional<String> read = digits(plus ? user.substring(1) : user);
        if (read.isEmpty() || read.get().isEmpty()) {
            return Optional.empty();
        }
        String digits = read.get();
        if (!plus && digits.startsWith("00")) {
            digits = digits.substring(2);
        } else if (!plus && country != null && digits.startsWith("0")) {
            digits = country + digits.substring(1);
        } else if (!plus && "1".equals(country) && digits.length() == 10) {
            digits = country + digits;
        }
        return isNumber(digits) ? Optional.of(new Identity("+" + digits)) : Optional.empty();
    }

    public boolean isNumber() {
        return value.startsWith("+");
    }

    /** How carriers may have written it in an INVITE; empty where it is no number. */
    public Set<String> asCarriersWrite(@Nullable String country) {
        Set<String> ways = new LinkedHashSet<>();
        if (isNumber()) {
            String digits = value.substring(1);
            ways.add(value);
            ways.add(digits);
            ways.add("00" + digits);
            if (country != null && digits.startsWith(country)) {
                ways.add((country.equals("1") ? "" : "0") + digits.substring(country.length()));
            }
        }
        return ways;
    }

    private static boolean isNumber(String digits) {
        return digits.length() >= NUMBER_DIGITS_MIN && digits.length() <= NUMBER_DIGITS_MAX && !digits.startsWith("0");
    }

    /** The digits without what people put between them; none where there is anything else. */
    private static Optional<String> digits(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (NUMBER_PUNCTUATION.indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(digits.toString());
    }

    /** Control characters, line and paragraph separators, and what turns the direction of text around. */
    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return value;
    }
}
