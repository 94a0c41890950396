package io.segue.signoff;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was decided, by whom and when.
 *
 * @param by who decided, from their key or session; {@link #POLICY} where no boundary was touched, {@link #DEADLINE} where nobody answered in time
 * @param role in which role
 * @param at when, Unix milliseconds
 * @param note what they said about it
 * @param payload the payload in place of the agent's, where an action was edited
 * @param amount the amount in place of the agent's, where an action was edited
 * @param currency the currency in place of the agent's, where an action was edited
 * @param text what is to be said instead, where a turn was edited
 */
public record Decision(
        Outcome outcome,
        String by,
        String role,
        long at,
        @Nullable String note,
        @Nullable Map<String, Object> payload,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable String text) {
    public static final String POLICY = "policy";
    public static final String DEADLINE = "deadline";

    /** Who ended the call when a fault of ours did. */
    public static final String FAULT = "fault";

    /** The role of decisions that no person made. */
    public static final String GATEWAY = "gateway";

    /** What a decision comes to. */
    public enum Outcome {
        APPROVED,
        EDITED,
        REJECTED,
        EXPIRED;

        /** As it stands on every wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the agent may go on, with or without a change. */
        public boolean grants() {
            return this == APPROVED || this == EDITED;
        }
    }

    /** Whether no boundary was touched; somebody's key or id may have the same name. */
    public boolean isByPolicy() {
        return role.equals(GATEWAY) && by.equals(POLICY);
    }

    /** One that no person made. */
    static Decision byItself(Outcome outcome, String by, long at, @Nullable String note) {
        return new Decision(outcome, by, GATEWAY, at, note, null, null, null, null);
    }
}
