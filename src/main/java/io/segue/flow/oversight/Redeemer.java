package io.segue.flow.oversight;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.flow.oversight.Signoffs.Redeemed;
import io.segue.flow.record.AuditTrail;
import io.segue.signoff.Claims;
import io.segue.signoff.Redemption;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Redeems tokens, each once. Nobody is told that they may act before the audit trail has it: where it cannot be written the token is used up, and good for nothing. */
final class Redeemer {
    private final Tokens tokens;
    private final SignoffArchive archive;
    private final AuditTrail audit;

    Redeemer(Tokens tokens, SignoffArchive archive, AuditTrail audit) {
        this.tokens = tokens;
        this.archive = archive;
        this.audit = audit;
    }

    /** @param now Unix milliseconds */
    CompletionStage<Redeemed> redeem(Redemption redemption, String token, Actor by, long now) {
        return switch (tokens.read(token)) {
            case Tokens.Reading.Malformed(var why) -> {
                refused(redemption, by, "malformed", why, null);
                yield CompletableFuture.completedStage(new Redeemed.Malformed(why));
            }
            case Tokens.Reading.Forged(var why) ->
                refused(redemption, by, new Redemption.Fault(Redemption.Fault.Kind.FORGED, why), null);
            case Tokens.Reading.Ours(var claims) -> {
                Optional<Redemption.Fault> fault = redemption.fault(claims, now / 1000);
                yield fault.isPresent()
                        ? refused(redemption, by, fault.get(), claims)
                        : redeemOnce(redemption, claims, by, now);
            }
        };
    }

    private CompletionStage<Redeemed> redeemOnce(Redemption redemption, Claims claims, Actor by, long now) {
        return archive.redeem(claims.signoff(), by.name(), now).thenCompose(redeemed -> {
            if (!redeemed.first()) {
                refused(redemption, by, "replayed", "it was redeemed before, by " + redeemed.by(), claims);
                return CompletableFuture.completedStage(new Redeemed.Before(redeemed.by(), redeemed.at()));
            }
            Map<String, Object> body = claims(claims);
            body.put("redeemedAt", now);
            body.put("redeemedBy", by.name());
            return audit.append(new Entry("signoff.redeemed", claims.call(), by, body))
                    .thenApply(written -> new Redeemed.Good(body));
        });
    }

    private CompletionStage<Redeemed> refused(
            Redemption redemption, Actor by, Redemption.Fault fault, @Nullable Claims claims) {
        refused(redemption, by, fault.kind().name().toLowerCase(Locale.ROOT), fault.detail(), claims);
        return CompletableFuture.completedStage(new Redeemed.Refused(fault));
    }

    private void refused(Redemption redemption, Actor by, String why, String detail, @Nullable Claims claims) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("signoff", redemption.signoff());
        body.put("why", why);
        body.put("detail", detail);
        if (claims != null) {
            body.put("token", claims(claims));
        }
        audit.record(new Entry("signoff.refused", claims == null ? null : claims.call(), by, body));
    }

    private static Map<String, Object> claims(Claims claims) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", claims.signoff());
        tree.put("call", claims.call());
        tree.put("action", claims.action());
        tree.put("type", claims.type());
        if (claims.amount() instanceof BigDecimal amount) {
            tree.put("amount", amount);
        }
        if (claims.currency() instanceof String currency) {
            tree.put("currency", currency);
        }
        tree.put("payloadSha256", claims.payloadSha256());
        tree.put("by", claims.by());
        tree.put("role", claims.role());
        return tree;
    }
}
