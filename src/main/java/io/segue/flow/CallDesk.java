package io.segue.flow;

import io.segue.audit.Actor;
import io.segue.call.Call;
import io.segue.call.CallEvent;
import io.segue.call.Supervision;
import io.segue.call.SupervisionEvent;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.CallStore.CallRecord;
import io.segue.handoff.Reason;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls as the outside sees and steers them: those that live here from memory, all others from the store. */
public final class CallDesk implements Calls {
    private final Gateway gateway;
    private final CallStore store;

    public CallDesk(Gateway gateway, CallStore store) {
        this.gateway = gateway;
        this.store = store;
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(int atMost) {
        List<CompletableFuture<Map<String, Object>>> here = gateway.all().stream()
                .limit(atMost)
                .map(call -> ask(call, LiveCall::document))
                .toList();
        return CompletableFuture.allOf(here.toArray(CompletableFuture<?>[]::new))
                .thenCombine(store.list(atMost).exceptionally(away -> List.of()), (done, stored) -> {
                    List<Map<String, Object>> all = new ArrayList<>(
                            here.stream().map(CompletableFuture::join).toList());
                    Set<Object> known =
                            new HashSet<>(all.stream().map(d -> d.get("id")).toList());
                    stored.stream()
                            .filter(record -> !known.contains(record.callId()))
                            .map(CallRecord::shown)
                            .forEach(all::add);
                    return List.copyOf(all.subList(0, Math.min(atMost, all.size())));
                });
    }

    @Override
    public CompletionStage<Map<String, Long>> lastCalls(Collection<String> agents) {
        return store.lastCalls(agents);
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> get(String callId) {
        return gateway.find(callId)
                .<CompletionStage<Optional<Map<String, Object>>>>map(
                        call -> ask(call, LiveCall::document).thenApply(Optional::of))
                .orElseGet(() -> store.find(callId).thenApply(found -> found.map(CallRecord::shown)));
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> bySipCallId(String sipCallId) {
        for (LiveCall call : gateway.all()) {
            if (call.hasLeg(sipCallId)) {
                return ask(call, LiveCall::document).thenApply(Optional::of);
            }
        }
        return store.findBySipCallId(sipCallId).thenApply(found -> found.map(CallRecord::shown));
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> context(String callId) {
        return gateway.find(callId)
                .<CompletionStage<Optional<Map<String, Object>>>>map(
                        call -> ask(call, LiveCall::context).thenApply(Optional::of))
                .orElseGet(() -> store.find(callId).thenApply(found -> found.map(CallDesk::contextOf)));
    }

    @SuppressWarnings("unchecked") // the store gives back what CallDocuments made
    private static Map<String, Object> contextOf(CallRecord record) {
        Object context = record.document().get("context");
        return context instanceof Map ? (Map<String, Object>) context : Map.of();
    }

    @Override
    public CompletionStage<Reply> handoff(String callId, HandoffOrder order) {
        return order(callId, call -> {
            Call.Stage stage = call.state().stage();
            if (stage == Call.Stage.ENDING || stage == Call.Stage.ENDED) {
                return new Reply.Conflict("the call is " + name(stage));
            }
            if (stage != Call.Stage.WITH_HUMAN
                    && call.state().handoff().filter(h -> h.requested()).isPresent()) {
                return new Reply.Conflict("a handoff is going on: "
                        + call.state().handoff().orElseThrow().id());
            }
            call.on(new CallEvent.OperatorAsked(order.queue(), order.sip(), order.skills(), order.note()));
            return new Reply.Accepted(call.document());
        });
    }

    @Override
    public CompletionStage<Reply> giveBack(String callId, @Nullable String note) {
        return order(callId, call -> {
            Call.Stage stage = call.state().stage();
            if (stage != Call.Stage.WITH_HUMAN) {
                return new Reply.Conflict("the call is " + name(stage) + ", only a human can give it back");
            }
            call.on(new CallEvent.GiveBack(note));
            return new Reply.Accepted(call.document());
        });
    }

    @Override
    public CompletionStage<Reply> hangUp(String callId) {
        return order(callId, call -> {
            call.on(new CallEvent.HangUp(Reason.OPERATOR_HUNG_UP));
            return new Reply.Accepted(call.document());
        });
    }

    @Override
    public CompletionStage<Reply> supervise(String callId, SuperviseOrder order) {
        return order(callId, call -> {
            Call.Stage stage = call.state().stage();
            if (stage == Call.Stage.ENDING || stage == Call.Stage.ENDED) {
                return new Reply.Conflict("the call is " + name(stage));
            }
            if (order.mode() == Supervision.Mode.WHISPER && stage != Call.Stage.WITH_HUMAN) {
                return new Reply.Conflict("the call is " + name(stage) + ", nobody is there to whisper to");
            }
            Optional<Supervision> other =
                    call.supervisor().current().filter(now -> !now.human().equals(order.human()));
            if (other.isPresent()) {
                return new Reply.Conflict(other.get().human() + " supervises the call");
            }
            call.supervisor().ask(order.human(), order.mode(), order.by());
            return new Reply.Accepted(call.document());
        });
    }

    @Override
    public CompletionStage<Reply> dismissSupervisor(String callId, Actor by) {
        return order(callId, call -> {
            if (call.supervisor().current().isEmpty()) {
                return new Reply.Conflict("nobody supervises the call");
            }
            call.supervisor().on(new SupervisionEvent.Dismissed(by));
            return new Reply.Accepted(call.document());
        });
    }

    @Override
    public CompletionStage<Reply> record(String callId, boolean on) {
        return order(
                callId,
                call -> call.recording().change(on) == RecordingSide.Change.NOT_RECORDED
                        ? new Reply.Conflict("the call is not being recorded")
                        : new Reply.Accepted(call.document()));
    }

    @Override
    public CompletionStage<Reply> addTurn(String callId, Turn turn) {
        return order(callId, call -> {
            if (call.state().turns().size() >= Call.TURNS_MAX) {
                return new Reply.Conflict("the call has its " + Call.TURNS_MAX + " turns");
            }
            call.on(new CallEvent.TurnAdded(turn));
            return new Reply.Accepted(call.document());
        });
    }

    @Override
    public int live() {
        return gateway.live();
    }

    private static String name(Call.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private CompletionStage<Reply> order(String callId, Function<LiveCall, Reply> order) {
        Optional<LiveCall> here = gateway.find(callId);
        if (here.isPresent()) {
            return ask(here.get(), order);
        }
        return store.find(callId).thenApply(found -> {
            if (found.isEmpty()) {
                return new Reply.NoSuchCall();
            }
            return found.get().ended()
                    ? new Reply.Conflict("the call is over")
                    : new Reply.Elsewhere(found.get().owner());
        });
    }

    /** Asks on the call's own thread. */
    private static <T> CompletableFuture<T> ask(LiveCall call, Function<LiveCall, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken = call.mailbox().post(() -> {
            try {
                answer.complete(question.apply(call));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        if (!taken) {
            answer.completeExceptionally(new IllegalStateException("the call's mailbox is full"));
        }
        return answer;
    }
}
