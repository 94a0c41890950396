package io.segue.registry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field that two versions of a document differ in.
 *
 * @param field its path, such as {@code policy.intents.refund}; a list is one field
 * @param before none: it was not there
 * @param after none: it is not there any more
 */
public record Difference(
        String field, @Nullable Object before, @Nullable Object after) {
    /** Beyond so many fields it is another document. */
    static final int FIELDS_MAX = 100;

    /** What has become of a document, field by field, in the order of the newer one; at most {@value #FIELDS_MAX}. */
    public static List<Difference> between(Map<?, ?> before, Map<?, ?> after) {
        List<Difference> found = new ArrayList<>();
        collect("", before, after, found);
        return List.copyOf(found);
    }

    private static void collect(String path, Map<?, ?> before, Map<?, ?> after, List<Difference> found) {
        Set<Object> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        for (Object name : names) {
            Object was = before.get(name);
            Object is = after.get(name);
            String field = path + name;
            if (same(was, is)) {
                continue;
            }
            if (was instanceof Map<?, ?> w && is instanceof Map<?, ?> i) {
                collect(field + ".", w, i, found);
            } else if (found.size() < FIELDS_MAX) {
                found.add(new Difference(field, was, is));
            }
        }
    }

    /** A number is the same whether it has come back as a whole one or not. */
    private static boolean same(@Nullable Object was, @Nullable Object is) {
        return Objects.equals(was, is)
                || (was instanceof Number a && is instanceof Number b && a.doubleValue() == b.doubleValue());
    }
}
