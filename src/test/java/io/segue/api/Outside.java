package io.segue.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.segue.audit.Actor;
import io.segue.flow.Calls;
import io.segue.flow.desk.Desk;
import io.segue.flow.record.EventLog;
import io.segue.flow.registry.DirectoryFeed;
import io.segue.flow.registry.Documents;
import io.segue.flow.registry.Versions;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import io.segue.registry.Directory;
import io.segue.turn.Turn;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our own ports with nothing behind them, so that the REST interface stands alone; enabled by the profile only. */
final class Outside {
    static final String HUMAN = "hhhhhhhhhhhhhhhh-ann";
    static final String REVIEWER = "rrrrrrrrrrrrrrrr-rex";
    static final String SPECIALIST = "ssssssssssssssss-sam";
    static final String SUPERVISOR = "vvvvvvvvvvvvvvvv-sue";
    static final String ADMIN = "aaaaaaaaaaaaaaaa-ada";
    static final Map<String, String> SECRETS = Map.of(
            "human", HUMAN, "reviewer", REVIEWER, "specialist", SPECIALIST, "supervisor", SUPERVISOR, "admin", ADMIN);

    private Outside() {}

    /** Switches the ports below on. */
    public static final class Profile extends Base {}

    /** To add ports to. */
    abstract static class Base implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "segue.api.keys",
                    "ann:human:" + HUMAN + ",rex:reviewer:" + REVIEWER + ",sam:specialist:" + SPECIALIST
                            + ",sue:supervisor:" + SUPERVISOR + ",ada:admin:" + ADMIN,
                    "segue.signing-key",
                    "0123456789abcdef0123456789abcdef",
                    "segue.registry.documents-max",
                    "5",
                    "segue.api.subscribers-max",
                    "3",
                    "segue.api.subscriber-events-max",
                    "110",
                    "segue.store.events-max",
                    "100",
                    "segue.api.timeout",
                    "500ms",
                    "segue.api.heartbeat",
                    "200ms",
                    "quarkus.redis.hosts",
                    "redis://127.0.0.1:1");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return and();
        }

        final Set<Class<?>> and(Class<?>... more) {
            Set<Class<?>> ports = new HashSet<>(Set.of(
                    MemoryDocuments.class,
                    MemoryVersions.class,
                    MemoryDesk.class,
                    ScriptedCalls.class,
                    MemoryEvents.class));
            ports.addAll(List.of(more));
            return ports;
        }
    }

    @Alternative
    @Singleton
    static class MemoryDocuments implements Documents {
        final Map<Kind, Map<String, Map<String, Object>>> stored = new ConcurrentHashMap<>();
        final List<Unfiled> memos = new CopyOnWriteArrayList<>();
        private final Map<String, Long> counters = new ConcurrentHashMap<>();
        private final DirectoryFeed feed;
        volatile boolean away;

        MemoryDocuments(Directory directory) {
            feed = new DirectoryFeed(directory);
        }

        @Override
        public synchronized CompletionStage<Outcome> write(List<Change> changes) {
            if (away) {
                return CompletableFuture.failedFuture(new IllegalStateException("redis://secret-host is away"));
            }
            for (int i = 0; i < changes.size(); i++) {
                Change change = changes.get(i);
                Map<String, Object> there = of(change.kind()).get(change.id());
                boolean asExpected =
                        switch (change.expected()) {
                            case Expected.Anyhow() -> true;
                            case Expected.There() -> there != null;
                            case Expected.Absent() -> there == null;
                            case Expected.Version(long version) ->
                                there != null && there.get("version").equals(version);
                        };
                if (!asExpected) {
                    return CompletableFuture.completedFuture(new Outcome.Otherwise(i));
                }
            }
            return CompletableFuture.completedFuture(
                    new Outcome.Done(changes.stream().map(this::write).toList()));
        }

        private Written write(Change change) {
            Map<String, Object> there = of(change.kind()).get(change.id());
            Map<String, Object> bare = there == null ? null : new LinkedHashMap<>(there);
            if (bare != null) {
                bare.remove("version");
                bare.remove("changedAt");
            }
            if (java.util.Objects.equals(bare, change.document())) {
                return new Written(false, there);
            }
            long version = counters.merge(change.kind() + change.id(), 1L, Long::sum);
            Map<String, Object> stored = null;
            if (change.document() == null) {
                of(change.kind()).remove(change.id());
            } else {
                stored = new LinkedHashMap<>(Map.of("version", version, "changedAt", 1_700_000_000_000L));
                stored.putAll(change.document());
                of(change.kind()).put(change.id(), stored);
            }
            feed.changed(change.kind(), change.id(), stored);
            if (change.memo() != null) {
                memos.add(new Unfiled(
                        change.kind(), change.id(), version, 1_700_000_000_000L, change.memo(), "" + memos.size()));
            }
            return new Written(true, stored);
        }

        @Override
        public CompletionStage<List<Unfiled>> unfiled(int atMost) {
            return CompletableFuture.completedFuture(
                    memos.stream().limit(atMost).toList());
        }

        @Override
        public CompletionStage<Void> filed(java.util.Collection<Unfiled> filed) {
            memos.removeAll(filed);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Map<String, Map<String, Object>>> all(Kind kind) {
            return CompletableFuture.completedFuture(of(kind));
        }

        @Override
        public void listen(Listener listener) {}

        Map<String, Map<String, Object>> of(Kind kind) {
            return stored.computeIfAbsent(kind, unused -> new ConcurrentHashMap<>());
        }
    }

    @Alternative
    @Singleton
    static class MemoryVersions implements Versions {
        private final List<Version> filed = new CopyOnWriteArrayList<>();
        volatile boolean away;

        @Override
        public boolean kept() {
            return true;
        }

        @Override
        public CompletionStage<Void> file(List<Version> versions) {
            if (away) {
                return CompletableFuture.failedFuture(new IllegalStateException("postgresql://secret-host is away"));
            }
            filed.addAll(versions);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<Version>> of(Documents.Kind kind, String id, long before, int atMost) {
            return CompletableFuture.completedFuture(filed.reversed().stream()
                    .filter(v -> v.kind() == kind && v.id().equals(id) && v.version() < before)
                    .limit(atMost)
                    .toList());
        }

        @Override
        public CompletionStage<Optional<Version>> find(Documents.Kind kind, String id, long version) {
            return of(kind, id, version + 1, 1)
                    .thenApply(found ->
                            found.stream().filter(v -> v.version() == version).findFirst());
        }
    }

    @Alternative
    @Singleton
    static class MemoryDesk implements Desk {
        final Map<String, Presence> presences = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Outcome> reserve(Request request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> take(String human, String holder, String call, long leaseMs) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keep(String human, boolean here) {}

        @Override
        public void release(String human, String handoff, After after) {}

        @Override
        public void state(String human, String handoff, PresenceState state) {}

        @Override
        public void renew(String human, String handoff) {}

        @Override
        public void standbyLeg(String human, boolean up) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Presence> choose(String human, boolean available) {
            Presence presence = new Presence(
                    human,
                    available ? PresenceState.AVAILABLE : PresenceState.AWAY,
                    1_700_000_000_000L,
                    null,
                    0,
                    false);
            presences.put(human, presence);
            return CompletableFuture.completedFuture(presence);
        }

        @Override
        public CompletionStage<List<Presence>> presences() {
            return CompletableFuture.completedFuture(List.copyOf(presences.values()));
        }

        @Override
        public Cancel whenFree(String queue, Runnable callback) {
            return () -> {};
        }
    }

    /** Three calls: one that ann has, one that she had, one that she never had. */
    @Alternative
    @Singleton
    static class ScriptedCalls implements Calls {
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

    /** Events 1-0, 2-0, …, of which the last hundred are kept. */
    @Alternative
    @Singleton
    static class MemoryEvents implements EventLog {
        private record Event(String id, String type, Map<String, Object> data) {}

        private final List<Event> events = new ArrayList<>();
        final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private int first = 1;

        @Override
        public synchronized void publish(String type, Map<String, Object> data) {
            Event event = new Event(first + events.size() + "-0", type, data);
            events.add(event);
            if (events.size() > 100) {
                events.removeFirst();
                first++;
            }
            listeners.forEach(listener -> listener.event(event.id, event.type, event.data));
        }

        @Override
        public synchronized Subscription subscribe(String lastEventId, Listener listener) {
            if (lastEventId != null) {
                int next = Integer.parseInt(lastEventId.split("-")[0]) + 1;
                if (next < first) {
                    listener.reset();
                }
                events.stream()
                        .filter(event -> Integer.parseInt(event.id.split("-")[0]) >= next)
                        .forEach(event -> listener.event(event.id, event.type, event.data));
            }
            listeners.add(listener);
            return () -> listeners.remove(listener);
        }
    }
}
