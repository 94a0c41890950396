package io.segue.signoff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a one-time token says: that this action of this call may be done once. The sign-off's id is the token's ({@code jti}).
 *
 * @param signoff the sign-off's id
 * @param by who approved ({@code sub})
 * @param role in which role
 * @param call the call's id
 * @param action the agent's id of the action
 * @param type the action's type
 * @param payloadSha256 {@link CanonicalJson#sha256} of the payload as it was approved
 * @param amount as it was approved
 * @param currency as it was approved
 * @param issuedAt Unix seconds
 * @param expires Unix seconds
 */
public record Claims(
        String signoff,
        String by,
        String role,
        String call,
        String action,
        String type,
        String payloadSha256,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        long issuedAt,
        long expires) {

    /** A token lives no longer than this. */
    public static final int SECONDS_MAX = 120;

    /** What a granted action's token says. */
    public static Claims of(String call, String signoff, Action asked, Decision decision, int seconds) {
        Action allowed = Request.asDecided(asked, decision);
        long issued = decision.at() / 1000;
        return new Claims(
                signoff,
                decision.by(),
                decision.role(),
                call,
                allowed.id(),
                allowed.type(),
                CanonicalJson.sha256(allowed.payload()),
                allowed.amount(),
                allowed.currency(),
                issued,
                issued + Math.min(seconds, SECONDS_MAX));
    }
}
