package io.segue.flow.oversight;

import io.segue.audit.Actor;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.CallStore;
import io.segue.signoff.OversightEffect.Answer;
import io.segue.signoff.Redemption;
import io.segue.signoff.Request;
import io.segue.signoff.Verdict;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Brings decisions to the gateway that has the call, and tokens to whoever redeems them. */
public final class SignoffDesk implements Signoffs {
    private final Function<String, Optional<OversightSide>> people;
    private final CallStore store;
    private final Courier courier;
    private final Deciders deciders;
    private final Redeemer redeemer;
    private final LongSupplier wallMillis;

    /**
     * Also answers what other gateways order.
     *
     * @param people the people's side of a call that is carried here, by the call's id
     */
    public SignoffDesk(
            Function<String, Optional<OversightSide>> people,
            CallStore store,
            Courier courier,
            Deciders deciders,
            AuditTrail audit,
            LongSupplier wallMillis) {
        this.people = people;
        this.store = store;
        this.courier = courier;
        this.deciders = deciders;
        this.redeemer = new Redeemer(deciders.tokens(), deciders.archive(), audit);
        this.wallMillis = wallMillis;
        courier.answer(this::ordered);
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(
            Request.Kind kind, String state, int atMost, SignoffArchive.@Nullable Whose whose) {
        if (!state.equals("pending")) {
            return deciders.archive().list(kind, state, atMost, whose);
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
        Optional<OversightSide> here = people.apply(call);
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

    private CompletionStage<Outcome> decideHere(OversightSide call, String id, Verdict verdict) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        boolean taken = call.mailbox()
                .post(() -> call.decide(id, verdict.at(wallMillis.getAsLong())).whenComplete((answer, error) -> {
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

    private static Outcome outcome(OversightSide call, Answer answer) {
        return switch (answer) {
            case Answer.Decided(var request) -> new Outcome.Decided(call.document(request));
            case Answer.Taken(var request, var first) -> {
                Map<String, Object> document = new LinkedHashMap<>(call.document(request));
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
        Optional<OversightSide> here =
                OrderForms.kind(order).flatMap(kind -> kind.callOf(id)).flatMap(people);
        return here.map(call -> decideHere(call, id, OrderForms.verdict(order)))
                .orElseGet(() -> CompletableFuture.completedStage(new Outcome.Over()))
                .thenApply(OrderForms::answer);
    }

    @Override
    public CompletionStage<Redeemed> redeem(Redemption redemption, String token, Actor by) {
        return redeemer.redeem(redemption, token, by, wallMillis.getAsLong());
    }
}
