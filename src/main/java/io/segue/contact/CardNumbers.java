package io.segue.contact;

/**
 * Finds card numbers in text (ISO/IEC 7812: 13 to 19 digits, the last a check digit by Luhn), written in one piece or in groups with up to two blanks,
 * dashes or dots between them. Numbers of several groups, that something else stands next to, are found at the groups' edges; within a longer run of digits those
 * of the card schemes are. A {@code +} and 15 digits or fewer are a phone number (E.164).
 */
final class CardNumbers {
    static final int DIGITS_MIN = 13;
    static final int DIGITS_MAX = 19;
    private static final int SEPARATORS_MAX = 2;
    private static final int PHONE_DIGITS_MAX = 15;

    private CardNumbers() {}

    /** The text with {@code mark} for each card number; the same object where there is none. */
    static String masked(String text, String mark) {
        StringBuilder masked = null;
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            if (digit(text, at) < 0) {
                at++;
                continue;
            }
            int end = runEnd(text, at);
            if (end - at >= DIGITS_MIN) {
                Run run = new Run(text, at, end);
                if (!run.isPhone()) {
                    for (int[] found = run.next(); found != null; found = run.next()) {
                        masked = masked == null ? new StringBuilder(text.length()) : masked;
                        masked.append(text, copied, found[0]).append(mark);
                        copied = found[1];
                    }
                }
            }
            at = end;
        }
        return masked == null
                ? text
                : masked.append(text, copied, text.length()).toString();
    }

    /** After the last digit of digits that stand together or nearly so. */
    private static int runEnd(String text, int from) {
        int end = from + 1;
        int separators = 0;
        for (int i = from + 1; i < text.length() && separators <= SEPARATORS_MAX; i++) {
            if (digit(text, i) >= 0) {
                end = i + 1;
                separators = 0;
            } else if (isSeparator(text.charAt(i))) {
                separators++;
            } else {
                break;
            }
        }
        return end;
    }

    private static int digit(String text, int at) {
        return Character.digit(text.charAt(at), 10);
    }

    private static boolean isSeparator(char c) {
        return c == '-'
                || c == '.'
                || c == '\u2010'
                || c == '\u2011'
                || c == '\u2013'
                || Character.isSpaceChar(c)
                || c == '\t';
    }

    /** Digits with what stands between them. */
    private static final class Run {
        private final String text;
        private final int start;
        private final int[] places;
        private final byte[] digits;
        private int next;

        Run(String text, int start, int end) {
            this.text = text;
            this.start = start;
            int count = 0;
            for (int i = start; i < end; i++) {
                count += digit(text, i) >= 0 ? 1 : 0;
            }
            places = new int[count];
            digits = new byte[count];
            int n = 0;
            for (int i = start; i < end; i++) {
                if (digit(text, i) >= 0) {
                    places[n] = i;
                    digits[n++] = (byte) digit(text, i);
                }
            }
        }

        boolean isPhone() {
            return digits.length <= PHONE_DIGITS_MAX && start > 0 && text.charAt(start - 1) == '+' && digits[0] != 0;
        }

        /** From and to in the text of the next number; none: there is none left. The longest at the earliest place. */
        int @org.jspecify.annotations.Nullable [] next() {
            for (int from = next; from + DIGITS_MIN <= digits.length; from++) {
                for (int length = Math.min(DIGITS_MAX, digits.length - from); length >= DIGITS_MIN; length--) {
                    if (isCard(from, length)) {
                        next = from + length;
                        return new int[] {places[from], places[from + length - 1] + 1};
                    }
                }
            }
            next = digits.length;
            return null;
        }

        private boolean isCard(int from, int length) {
            return ((opens(from) && closes(from + length - 1)) || isOfAScheme(from, length)) && luhn(from, length);
        }

        /** Whether a group begins with this digit. */
        private boolean opens(int n) {
            return n == 0 || places[n] - places[n - 1] > 1;
        }

        private boolean closes(int n) {
            return n == digits.length - 1 || places[n + 1] - places[n] > 1;
        }

        /** The lengths and first digits of the schemes in use, as published by each. */
        private boolean isOfAScheme(int from, int length) {
            int two = digits[from] * 10 + digits[from + 1];
            int four = two * 100 + digits[from + 2] * 10 + digits[from + 3];
            return switch (length) {
                case 16 ->
                    two / 10 == 4 // Visa
                            || (two >= 51 && two <= 55) // Mastercard
                            || (four >= 2221 && four <= 2720)
                            || two == 62 // UnionPay
                            || two == 65 // Discover
                            || four == 6011
                            || (four >= 3528 && four <= 3589); // JCB
                case 15 -> two == 34 || two == 37; // American Express
                case 14 -> two == 36 || two == 38; // Diners Club
                default -> false;
            };
        }

        private boolean luhn(int from, int length) {
            int sum = 0;
            boolean different = false;
            for (int i = 0; i < length; i++) {
                int digit = digits[from + length - 1 - i];
                different |= digit != digits[from];
                int doubled = i % 2 == 0 ? digit : digit * 2;
                sum += doubled > 9 ? doubled - 9 : doubled;
            }
            return sum % 10 == 0 && (different || digits[from] != 0);
        }
    }
}
