package io.segue.stream;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259): maps with string keys, iterables, strings, numbers, booleans and null. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2);
        string(out, text);
        return out.toString();
    }

    static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x2028 || c == 0x2029) {
                        escape(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    static void value(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> string(out, text);
            case Boolean truth -> out.append(truth.booleanValue());
            case Double number -> out.append(Double.isFinite(number) ? number.toString() : "null");
            case Float number -> out.append(Float.isFinite(number) ? number.toString() : "null");
            case BigDecimal number -> out.append(number.toPlainString());
            case Number number -> out.append(number);
            case Map<?, ?> members -> {
                out.append('{');
                String comma = "";
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    out.append(comma);
                    string(out, String.valueOf(member.getKey()));
                    out.append(':');
                    value(out, member.getValue());
                    comma = ",";
                }
                out.append('}');
            }
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

    private static void escape(StringBuilder out, char c) {
        out.append("\\u")
                .append(HEX.charAt(c >> 12 & 15))
                .append(HEX.charAt(c >> 8 & 15))
                .append(HEX.charAt(c >> 4 & 15))
                .append(HEX.charAt(c & 15));
    }
}
