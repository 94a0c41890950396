package io.segue.signoff;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wants to do in the world outside, or says that it has done.
 *
 * @param id the agent's name for it, unique within the call, 1 to 64 characters
 * @param type such as {@code payment.authorize}
 * @param amount 0 or more; none: the agent names none
 * @param currency ISO 4217
 * @param payload what the back office is sent, a JSON object
 */
public record Action(
        String id,
        String type,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String summary,
        Map<String, Object> payload) {}
