package io.segue.sip.message;

/**
 * A telephone number, RFC 3966.
 *
 * @param number as written, visual separators included
 * @param params its parameters, {@code phone-context} among them
 */
public record TelUri(String number, Params params) implements Uri {

    public TelUri {
        for (int i = 0; i < number.length(); i++) {
            if ("0123456789abcdefABCDEF+-.()*#".indexOf(number.charAt(i)) < 0) {
                throw new IllegalArgumentException("no telephone number");
            }
        }
        if (number.isEmpty()) {
            throw new IllegalArgumentException("no telephone number");
        }
    }

    @Override
    public String scheme() {
        return "tel";
    }

    /** The number without visual separators, RFC 3966 5.1.1. */
    public String digits() {
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            if ("-.()".indexOf(number.charAt(i)) < 0) {
                digits.append(number.charAt(i));
            }
        }
        return digits.toString();
    }

    @Override
    public String toString() {
        return "tel:" + number + params.uriForm();
    }
}
