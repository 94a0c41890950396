package io.segue.signoff;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a back office is about to do with a token: what it names has to be what was approved. What is left out is not compared.
 *
 * @param signoff the sign-off it redeems
 * @param action the agent's id of the action
 */
public record Redemption(
        String signoff,
        @Nullable String action,
        @Nullable String type,
        @Nullable BigDecimal amount,
        @Nullable String currency,
        @Nullable Map<String, Object> payload) {

    /** What is wrong with a token whose signature is right; none: it may be redeemed, if it has not been. */
    public Optional<Fault> fault(Claims claims, long nowSeconds) {
        if (!claims.signoff().equals(signoff)) {
            return other("the token is for another sign-off");
        }
        if (nowSeconds >= claims.expires()) {
            return Optional.of(new Fault(Fault.Kind.EXPIRED, "the token expired at " + claims.expires()));
        }
        if (action != null && !action.equals(claims.action())) {
            return other("the token is for another action");
        }
        if (type != null && !type.equals(claims.type())) {
            return other("the token is for an action of type " + claims.type());
        }
        if (amount != null && (claims.amount() == null || amount.compareTo(claims.amount()) != 0)) {
            return other("the token is for another amount");
        }
        if (currency != null && !currency.equalsIgnoreCase(claims.currency())) {
            return other("the token is for another currency");
        }
        if (payload != null && !CanonicalJson.sha256(payload).equals(claims.payloadSha256())) {
            return other("the token is for another payload");
        }
        return Optional.empty();
    }

    private static Optional<Fault> other(String detail) {
        return Optional.of(new Fault(Fault.Kind.OTHER, detail));
    }

    /** Why a token is refused. */
    public record Fault(Kind kind, String detail) {
        /** The kinds of fault. */
        public enum Kind {
            /** It is not of ours, or was changed. */
            FORGED,
            EXPIRED,
            /** It allows something else. */
            OTHER
        }
    }
}
