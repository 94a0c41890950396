package io.segue.flow;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.signoff.Claims;
import io.segue.signoff.OversightEffect.Answer;
import io.segue.signoff.Redemption;
import io.segue.signoff.Request;
import io.segue.signoff.Verdict;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Brings decisions to the gateway that has the call, and redeems tokens at whichever is asked. */
public final class SignoffDesk implements Signoffs {
    private final Gateway gateway;
    private final CallStore store;
    private final Courier courier;
    private final Deciders deciders;
    private final AuditTrail audit;
    private final LongSupplier wallMillis;

    /** Also answers what other gateways order. */
    public SignoffDesk(
            Gateway gateway,
            CallStore store,
            Courier courier,
            Deciders deciders,
            AuditTrail audit,
            LongSupplier wallMillis) {
        this.gateway = gateway;
        this.store = store;
        this.courier = courier;
        this.deciders = deciders;
        this.audit = audit;
        this.wallMillis = wallMillis;
        courier.answer(this::ordered);
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(Request.Kind kind, String state, int atMost) {
        if (!state.equals("pending")) {
            return deciders.archive().list(kind, state, atMost);
        }
        return deciders.board().all(kind).thenApply(all -> all.stream()
                .sorted(Comparator.comparingLong(SignoffDesk::deadline))
                .limit(atMost)
                .toList());
    }

    private static long deadline(Map<String, Object> document) {
        return document.get("deadlineAt") instanceof Number at ? at.longValue() : Long.MAX_VALUE;
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> get(Request.Kind kind, String id) {
        return deciders.board().all(kind).thenCompose(all -> {
            Optional<Map<String, Object>> waiting = all.stream()
                    .filter(document -> id.equals(document.get("id")))
                    .findFirst();
            return waiting.isPresent()
                    ? CompletableFuture.completedStage(waiting)
                    : deciders.archive().find(kind, id);
        });
    }

    @Override
    public CompletionStage<Outcome> decide(Request.Kind kind, String id, Verdict verdict) {
        String call = kind.callOf(id).orElse(null);
        if (call == null) {
            return CompletableFuture.completedStage(new Outcome.NoSuch());
        }
        Optional<LiveCall> here = gateway.find(call);
        if (here.isPresent()) {
            return decideHere(here.get(), id, verdict);
        }
        return store.find(call).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.completedStage(new Outcome.NoSuch());
            }
            return found.get().ended()
                    ? decidedBefore(kind, id)
                    : courier.ask(found.get().owner(), OrderForms.order(kind, id, verdict))
                            .thenApply(OrderForms::outcome);
        });
    }

    private CompletionStage<Outcome> decideHere(LiveCall call, String id, Verdict verdict) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        boolean taken = call.mailbox().post(() -> call.people()
                .decide(id, verdict.at(wallMillis.getAsLong()))
                .whenComplete((answer, error) -> {
                    if (error == null) {
                        outcome.complete(outcome(call, answer));
                    } else {
                        outcome.completeExceptionally(error);
                    }
                }));
        if (!taken) {
            outcome.completeExceptionally(new IllegalStateException("the call's mailbox is full"));
        }
        return outcome;
    }

    private static Outcome outcome(LiveCall call, Answer answer) {
        return switch (answer) {
            case Answer.Decided(var request) ->
                new Outcome.Decided(call.people().document(request));
            case Answer.Taken(var request, var first) -> {
                Map<String, Object> document = new LinkedHashMap<>(call.people().document(request));
                document.put("decision", RequestDocuments.decision(first));
                yield new Outcome.Taken(document);
            }
            case Answer.NotWritten() -> new Outcome.NotWritten();
            case Answer.Unknown() -> new Outcome.NoSuch();
        };
    }

    private CompletionStage<Outcome> decidedBefore(Request.Kind kind, String id) {
        return deciders.archive().find(kind, id).thenApply(found -> found.map(document ->
                        document.containsKey("decision") ? new Outcome.Taken(document) : (Outcome) new Outcome.Over())
                .orElseGet(Outcome.NoSuch::new));
    }

    /** Another gateway brings a decision about a call of ours. */
    private CompletionStage<Map<String, Object>> ordered(Map<String, Object> order) {
        String id = String.valueOf(order.get("id"));
        Optional<LiveCall> here =
                OrderForms.kind(order).flatMap(kind -> kind.callOf(id)).flatMap(gateway::find);
        return here.map(call -> decideHere(call, id, OrderForms.verdict(order)))
                .orElseGet(() -> CompletableFuture.completedStage(new Outcome.Over()))
                .thenApply(OrderForms::answer);
    }

    @Override
    public CompletionStage<Redeemed> redeem(Redemption redemption, String token, Actor by) {
        long now = wallMillis.getAsLong();
        return switch (deciders.tokens().read(token)) {
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
        return deciders.archive().redeem(claims.signoff(), by.name(), now).thenApply(redeemed -> {
            if (!redeemed.first()) {
                refused(redemption, by, "replayed", "it was redeemed before, by " + redeemed.by(), claims);
                return new Redeemed.Before(redeemed.by(), redeemed.at());
            }
            Map<String, Object> body = claims(claims);
            body.put("redeemedAt", now);
            body.put("redeemedBy", by.name());
            audit.record(new Entry("signoff.redeemed", claims.call(), by, body));
            return new Redeemed.Good(body);
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
