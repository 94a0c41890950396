package io.segue.registry;

import java.util.Collection;
import java.util.Optional;

/** The known name that an unknown one was most likely meant to be. */
public final class Nearest {
    private static final int SHORTENED_CHARS_MIN = 3;
    private static final int COMPARED_CHARS_MAX = 64;

    private Nearest() {}

    public static Optional<String> to(String unknown, Collection<String> known) {
        if (unknown.length() > COMPARED_CHARS_MAX) {
            return Optional.empty();
        }
        String best = null;
        int bestDistance = Math.max(2, unknown.length() / 2) + 1;
        for (String candidate : known) {
            boolean shortened =
                    unknown.length() >= SHORTENED_CHARS_MIN && lower(candidate).startsWith(lower(unknown));
            int distance = shortened ? 1 : distance(lower(unknown), lower(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String lower(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
