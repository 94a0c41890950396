package io.segue.app;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of metrics in an expression of PromQL, as far as dashboards use it. */
final class PromQl {
    private static final Pattern STRINGS = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`");
    private static final Pattern LABEL_VALUES = Pattern.compile("^\\s*label_values\\(([^,]*),[^)]*\\)\\s*$");
    private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
    private static final Pattern GROUPINGS = Pattern.compile(
            "\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern OFFSETS = Pattern.compile("\\boffset\\s+-?[0-9a-z]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern WORDS = Pattern.compile("(?<![\\w:.$])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "bool", "inf", "nan", "group_left", "group_right");

    private PromQl() {}

    static Set<String> metrics(String expression) {
        String rest = STRINGS.matcher(expression).replaceAll("\"\"");
        Matcher labelValues = LABEL_VALUES.matcher(rest);
        if (labelValues.matches()) {
            rest = labelValues.group(1);
        }
        rest = MATCHERS.matcher(rest).replaceAll(" ");
        rest = GROUPINGS.matcher(rest).replaceAll(" ");
        rest = OFFSETS.matcher(rest).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        Matcher words = WORDS.matcher(rest);
        while (words.find()) {
            if (!KEYWORDS.contains(words.group().toLowerCase(Locale.ROOT))) {
                names.add(words.group());
            }
        }
        return names;
    }
}
