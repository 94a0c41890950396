package io.segue.contact;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.segue.turn.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of text what must not be kept: card numbers become {@code [card]}, digits that the caller pressed {@code [digits]}, and what a configured pattern
 * matches {@code [name-of-pattern]}. It is done twice with the result of once. Patterns are RE2's (no look-around, no back-references), so that the time is
 * linear in the text whatever the pattern.
 */
public final class Redactor {
    public static final int PATTERNS_MAX = 50;
    public static final int PATTERN_CHARS_MAX = 1_000;
    public static final String CARD = "[card]";
    public static final String DIGITS = "[digits]";

    /** Fewer pressed digits than this are a choice from a menu, and as words they are everywhere. */
    static final int PRESSED_MIN = 3;

    /** Trees deeper than this are cut off. */
    static final int DEPTH_MAX = 64;

    private static final Set<String> KEYPAD_FIELDS = Set.of("dtmf", "digits", "keypad");

    private final boolean cards;
    private final boolean keypad;
    private final List<Named> patterns;

    private record Named(String mark, Pattern pattern) {}

    /** What came of reading the patterns. */
    public sealed interface Read {
        record Ok(Redactor redactor) implements Read {}

        /** @param name the pattern at fault */
        record Wrong(String name, String why) implements Read {}
    }

    private Redactor(boolean cards, boolean keypad, List<Named> patterns) {
        this.cards = cards;
        this.keypad = keypad;
        this.patterns = patterns;
    }

    /** Card numbers and pressed digits, and no more. */
    public static Redactor defaults() {
        return new Redactor(true, true, List.of());
    }

    /** @param patterns expressions by name: letters, digits, dashes */
    public static Read of(boolean cards, boolean keypad, Map<String, String> patterns) {
        List<Named> named = new ArrayList<>();
        for (Map.Entry<String, String> pattern : patterns.entrySet()) {
            String name = pattern.getKey();
            if (named.size() == PATTERNS_MAX) {
                return new Read.Wrong(name, "there may be " + PATTERNS_MAX + " patterns");
            }
            if (!name.matches("[A-Za-z0-9-]{1,32}")) {
                return new Read.Wrong(name, "a name has 1 to 32 letters, digits and dashes");
            }
            if (pattern.getValue().length() > PATTERN_CHARS_MAX) {
                return new Read.Wrong(name, "a pattern may have " + PATTERN_CHARS_MAX + " characters");
            }
            try {
                Pattern compiled = Pattern.compile(pattern.getValue());
                String mark = "[" + name + "]";
                if (compiled.matcher("").find()) {
                    return new Read.Wrong(name, "it matches where there is nothing");
                }
                if (compiled.matcher(CARD + DIGITS + mark).find()) {
                    return new Read.Wrong(name, "it matches what stands for what was taken out");
                }
                named.add(new Named(mark, compiled));
            } catch (PatternSyntaxException e) {
                return new Read.Wrong(name, String.valueOf(e.getMessage()));
            }
        }
        return new Read.Ok(new Redactor(cards, keypad, List.copyOf(named)));
    }

    public String text(String text) {
        return text(text, "");
    }

    /** @param pressed the digits that the caller has pressed so far, oldest first */
    public String text(String text, String pressed) {
        String left = cards ? CardNumbers.masked(text, CARD) : text;
        if (keypad && pressed.length() >= PRESSED_MIN) {
            left = PressedDigits.masked(left, pressed, DIGITS);
        }
        for (Named named : patterns) {
            if (named.pattern.matcher(left).find()) {
                left = named.pattern.matcher(left).replaceAll(named.mark);
            }
        }
        return left;
    }

    public @Nullable String orNull(@Nullable String text, String pressed) {
        return text == null ? null : text(text, pressed);
    }

    /** A tree of maps, lists, strings, numbers and booleans, its names too. */
    public Map<String, Object> tree(Map<String, Object> tree, String pressed) {
        return tree(tree, pressed, 0);
    }

    private Map<String, Object> tree(Map<?, ?> tree, String pressed, int depth) {
        Map<String, Object> left = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (value != null) {
                Object kept = keypad && value instanceof Object given && isKeypad(name) && !isTree(given)
                        ? "[" + String.valueOf(given).length() + " digits]"
                        : value(value, pressed, depth);
                left.put(text(String.valueOf(name), pressed), kept);
            }
        });
        return left;
    }

    private static boolean isKeypad(@Nullable Object name) {
        return name instanceof String text && KEYPAD_FIELDS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static boolean isTree(Object value) {
        return value instanceof Map<?, ?> || value instanceof List<?> || value instanceof Boolean;
    }

    private Object value(Object value, String pressed, int depth) {
        if (depth >= DEPTH_MAX) {
            return "[too deep]";
        }
        return switch (value) {
            case String text -> text(text, pressed);
            case Map<?, ?> map -> tree(map, pressed, depth + 1);
            case List<?> list -> {
                List<Object> left = new ArrayList<>();
                for (Object item : list) {
                    if (item != null) {
                        left.add(value(item, pressed, depth + 1));
                    }
                }
                yield left;
            }
            case Number number -> number(number, pressed);
            default -> value;
        };
    }

    private Object number(Number number, String pressed) {
        String digits =
                number instanceof Double || number instanceof Float ? plain(number.doubleValue()) : number.toString();
        String left = text(digits, pressed);
        return left.equals(digits) ? number : left;
    }

    private static String plain(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    /** What was said and read out of it; the turn's name is the reporter's and stays. */
    public Turn turn(Turn turn, String pressed) {
        return new Turn(
                turn.id(),
                turn.speaker(),
                text(turn.text(), pressed),
                orNull(turn.intent(), pressed),
                turn.confidence(),
                turn.sentiment(),
                turn.language(),
                turn.entities().isEmpty() ? turn.entities() : tree(turn.entities(), pressed),
                turn.startMs(),
                turn.endMs(),
                turn.proposed());
    }
}
