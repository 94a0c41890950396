package io.segue.api.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void isAliveUntilALoopHasNotTurnedForTheLimit() {
        AtomicLong now = new AtomicLong(-4_000_000_000L);
        AtomicLong turned = new AtomicLong(now.get());
        Heartbeats heartbeats = new Heartbeats(now::get, 5_000);
        heartbeats.watch("media loop 0", turned::get);
        heartbeats.watch("sip", now::get);
        LoopsTurn check = new LoopsTurn(heartbeats);
        now.addAndGet(5_000_000_000L);
        assertTrue(heartbeats.allTurn());
        now.addAndGet(1_000_000L);
        assertFalse(heartbeats.allTurn());
        assertEquals(HealthCheckResponse.Status.DOWN, check.call().getStatus());
        assertEquals(5_001L, check.call().getData().orElseThrow().get("media loop 0 silent ms"));
        turned.set(now.get());
        assertEquals(HealthCheckResponse.Status.UP, check.call().getStatus());
    }

    @Test
    void isReadyWhileEveryGateIsOpen() {
        AtomicBoolean read = new AtomicBoolean();
        Gates gates = new Gates();
        gates.add("sip bound", () -> true);
        gates.add("directory read", read::get);
        TakesCalls check = new TakesCalls(gates);
        assertEquals(HealthCheckResponse.Status.DOWN, check.call().getStatus());
        read.set(true);
        assertEquals(HealthCheckResponse.Status.UP, check.call().getStatus());
    }

    @Test
    void metersReadWhatOthersCount() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Meters meters = new Meters(registry);
        LongAdder dropped = new LongAdder();
        meters.count("segue_sip_dropped", "Dropped", Map.of("reason", "stranger"), dropped::sum);
        meters.gauge("segue_calls_live", "Calls", Map.of(), () -> 7);
        dropped.add(3);
        meters.handoffEnded("low_confidence", "connected");
        meters.connected(12.5, 4_000, 20, 20);
        assertEquals(
                3,
                registry.get("segue_sip_dropped")
                        .tag("reason", "stranger")
                        .functionCounter()
                        .count());
        assertEquals(7, registry.get("segue_calls_live").gauge().value());
        assertEquals(
                1,
                registry.get("segue_handoffs")
                        .tag("reason", "low_confidence")
                        .tag("outcome", "connected")
                        .counter()
                        .count());
        assertEquals(12.5, registry.get("segue_handoff").timer().totalTime(java.util.concurrent.TimeUnit.MILLISECONDS));
    }

    @Test
    void seriesStayBoundedHoweverManyAgentsAndQueuesThereAre() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Meters meters = new Meters(registry);
        for (int i = 0; i <= Meters.AGENTS_MAX + 1; i++) {
            meters.answered("agent" + i);
            meters.waiting("queue" + i, () -> 3);
        }
        assertEquals(
                Meters.AGENTS_MAX + 1,
                registry.find("segue_agent_calls").counters().size());
        assertEquals(
                1,
                registry.get("segue_agent_calls")
                        .tag("agent", "agent" + (Meters.AGENTS_MAX - 1))
                        .counter()
                        .count());
        assertEquals(
                2,
                registry.get("segue_agent_calls")
                        .tag("agent", LabelValues.OTHERS)
                        .counter()
                        .count());
        assertEquals(
                Meters.QUEUES_MAX,
                registry.find("segue_handoffs_waiting").gauges().size());
        meters.requested("agent0", "queue" + Meters.QUEUES_MAX, "phrase");
        assertEquals(
                1,
                registry.get("segue_handoffs_requested")
                        .tag("agent", "agent0")
                        .tag("queue", LabelValues.OTHERS)
                        .counter()
                        .count());
    }
}
