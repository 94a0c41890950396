package io.segue.api;

import io.segue.flow.desk.Desk;
import io.segue.human.Presence;
import io.segue.human.PresenceState;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

@Alternative
@Singleton
class MemoryDesk implements Desk {
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
                human, available ? PresenceState.AVAILABLE : PresenceState.AWAY, 1_700_000_000_000L, null, 0, false);
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
