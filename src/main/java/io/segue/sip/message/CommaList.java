package io.segue.sip.message;

import java.util.List;

/** Splits {@code a, b, c} at the commas that stand neither in quotation marks nor in angle brackets (RFC 3261 7.3.1). */
final class CommaList {

    private CommaList() {}

    /** Adds the items to a list; empty items are left out. */
    static void split(String value, List<String> into) {
        if (value.indexOf(',') < 0) {
            add(value, 0, value.length(), into);
            return;
        }
        boolean quoted = false;
        boolean bracketed = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (bracketed) {
                bracketed = c != '>';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                bracketed = true;
            } else if (c == ',') {
                add(value, start, i, into);
                start = i + 1;
            }
        }
        add(value, start, value.length(), into);
    }

    private static void add(String value, int start, int end, List<String> into) {
        String item = value.substring(start, end).strip();
        if (!item.isEmpty()) {
            into.add(item);
        }
    }
}
