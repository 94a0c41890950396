package io.segue.agent;

/**
 * A called number, or the beginning of one: {@code +15550100}, {@code +1555*}, {@code *}.
 *
 * @param prefix what the number has to be or to start with
 * @param open whether any rest may follow
 */
public record NumberPattern(String prefix, boolean open) {
    /** Reads {@code +1555*} and the like; the star may stand at the end only. */
    public static NumberPattern of(String text) {
        boolean open = text.endsWith("*");
        String prefix = open ? text.substring(0, text.length() - 1) : text;
        if (prefix.contains("*") || text.isEmpty()) {
            throw new IllegalArgumentException(
                    "a number is digits with an optional * at its end, not \"" + text + "\"");
        }
        return new NumberPattern(prefix, open);
    }

    public boolean matches(String number) {
        return open ? number.startsWith(prefix) : number.equals(prefix);
    }

    /** How close a match is: a longer prefix wins, and at the same length a whole number over an open one. */
    public int weight() {
        return prefix.length() * 2 + (open ? 0 : 1);
    }

    @Override
    public String toString() {
        return open ? prefix + "*" : prefix;
    }
}
