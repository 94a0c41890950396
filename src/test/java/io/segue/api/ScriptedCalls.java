package io.segue.api;

import io.segue.audit.Actor;
import io.segue.flow.Calls;
import io.segue.turn.Turn;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Three calls: one that ann has, one that she had, one that she never had. */
@Alternative
@Singleton
class ScriptedCalls implements Calls {
    static final String HAS = "a".repeat(32);
    static final String HAD = "b".repeat(32);
    static final String OTHER = "c".repeat(32);
    static final String BUSY = "d".repeat(32);
    static final String FAR = "e".repeat(32);
    static final String BROKEN = "f".repeat(32);

    final Map<String, Long> lastCalls = new ConcurrentHashMap<>();
    final List<Object> orders = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Object>> calls = new LinkedHashMap<>();

    ScriptedCalls() {
        calls.put(HAS, call(HAS, "bob", "ann"));
        calls.put(HAD, call(HAD, "ann", "bob"));
        calls.put(OTHER, call(OTHER, "bob"));
    }

    private static Map<String, Object> call(String id, String... humans) {
        List<Map<String, Object>> handoffs = new ArrayList<>();
        for (String human : humans) {
            handoffs.add(Map.of("id", id + "-" + (handoffs.size() + 1), "human", human));
        }
        return Map.of("callId", id, "state", "human", "handoffs", handoffs);
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(int atMost) {
        return CompletableFuture.completedFuture(
                calls.values().stream().limit(atMost).toList());
    }

    @Override
    public CompletionStage<Map<String, Long>> lastCalls(java.util.Collection<String> agents) {
        return CompletableFuture.completedFuture(lastCalls);
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> get(String callId) {
        if (callId.equals(BROKEN)) {
            throw new IllegalStateException("internals of com.example.Thing");
        }
        return CompletableFuture.completedFuture(Optional.ofNullable(calls.get(callId)));
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> bySipCallId(String sipCallId) {
        return CompletableFuture.completedFuture(
                sipCallId.equals("leg@phone") ? Optional.of(calls.get(HAS)) : Optional.empty());
    }

    @Override
    public CompletionStage<Optional<Map<String, Object>>> context(String callId) {
        return CompletableFuture.completedFuture(Optional.ofNullable(calls.get(callId))
                .map(call -> Map.of(
                        "callId",
                        callId,
                        "summary",
                        "<script>alert(1)</script>\r\n\"quoted\"",
                        "turns",
                        List.of(Map.of("text", "\u0000\u2028 hello", "confidence", 0.71)))));
    }

    @Override
    public CompletionStage<Reply> handoff(String callId, HandoffOrder order) {
        return reply(callId, order);
    }

    @Override
    public CompletionStage<Reply> giveBack(String callId, String note) {
        return reply(callId, "return " + note);
    }

    @Override
    public CompletionStage<Reply> hangUp(String callId) {
        return reply(callId, "hangup");
    }

    @Override
    public CompletionStage<Reply> supervise(String callId, SuperviseOrder order) {
        return reply(callId, order);
    }

    @Override
    public CompletionStage<Reply> dismissSupervisor(String callId, Actor by) {
        return reply(callId, by);
    }

    @Override
    public CompletionStage<Reply> record(String callId, boolean on) {
        return reply(callId, on ? "record" : "pause");
    }

    @Override
    public CompletionStage<Reply> addTurn(String callId, Turn turn) {
        return reply(callId, turn);
    }

    @Override
    public int live() {
        return 3;
    }

    private CompletionStage<Reply> reply(String callId, Object order) {
        if (callId.equals(BUSY)) {
            return CompletableFuture.completedFuture(new Reply.Conflict("a handoff is under way"));
        }
        if (callId.equals(FAR)) {
            return CompletableFuture.completedFuture(new Reply.Elsewhere("gw-2"));
        }
        if (!calls.containsKey(callId)) {
            return CompletableFuture.completedFuture(new Reply.NoSuchCall());
        }
        orders.add(order);
        return CompletableFuture.completedFuture(new Reply.Accepted(Map.of("callId", callId)));
    }
}
