package io.segue.signoff;

import io.segue.signoff.Decision.Outcome;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says about a request; it becomes a {@link Decision} where the call is.
 *
 * @param outcome approved, edited or rejected
 * @param by from their key or session
 */
public record Verdict(
        Outcome outcome,
        String by,
        String role,
        @Nullable String note,
        @Nullable Map<String, Object> payload,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String text) {
    public Decision at(long now) {
        return new Decision(outcome, by, role, now, note, payload, amount, currency, text);
    }
}
