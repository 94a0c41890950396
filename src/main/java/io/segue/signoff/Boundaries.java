package io.segue.signoff;

import io.segue.agent.Agent.Boundary;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which actions never close without a person. An amount at a limit is within it. An amount that is not known, and one in a currency for which no limit is
 * set, are beyond it. A type is the same in capitals and with blanks around it: no spelling is a way past a boundary.
 */
public final class Boundaries {
    private Boundaries() {}

    /** The boundary that an action is beyond; none: it needs nobody's leave. */
    public static Optional<Boundary> beyond(
            List<Boundary> boundaries, String type, @Nullable BigDecimal amount, @Nullable String currency) {
        List<Boundary> ofType =
                boundaries.stream().filter(b -> covers(b.action(), type)).toList();
        List<Boundary> comparable = ofType.stream()
                .filter(b -> b.currency() == null || b.currency().equalsIgnoreCase(currency))
                .toList();
        return ofType.stream()
                .filter(b -> b.above() == null || amount == null)
                .findFirst()
                .or(() -> comparable.isEmpty()
                        ? ofType.stream().findFirst()
                        : comparable.stream().filter(b -> exceeds(amount, b)).findFirst());
    }

    private static boolean exceeds(@Nullable BigDecimal amount, Boundary boundary) {
        Double above = boundary.above();
        return amount == null || above == null || amount.compareTo(BigDecimal.valueOf(above)) > 0;
    }

    private static boolean covers(String pattern, String type) {
        String meant = type.strip();
        return pattern.endsWith("*")
                ? meant.regionMatches(true, 0, pattern, 0, pattern.length() - 1)
                : meant.equalsIgnoreCase(pattern);
    }
}
