package io.segue.api.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The meters of Segue. Nothing per packet goes through here: loops count in their own adders, which are read when somebody asks. Names
 * here are as Prometheus shows them without the suffix: {@code segue_handoff} is {@code segue_handoff_seconds_bucket} and so on.
 */
public final class Meters {
    /** Agents that have series of their own; more are one series together. */
    static final int AGENTS_MAX = 500;

    /** The same of queues. */
    static final int QUEUES_MAX = 200;

    private static final Duration[] HANDOFF_BUCKETS =
            buckets(5, 10, 20, 40, 60, 100, 200, 400, 600, 1_000, 2_000, 5_000);
    private static final Duration[] SILENCE_BUCKETS = buckets(20, 40, 60, 100, 200, 440, 600, 1_000, 2_000, 5_000);

    private static final Duration[] WAIT_BUCKETS =
            buckets(100, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000);

    private final MeterRegistry registry;
    private final LabelValues agents = new LabelValues(AGENTS_MAX);
    private final LabelValues queues = new LabelValues(QUEUES_MAX);
    private final Set<String> shownQueues = ConcurrentHashMap.newKeySet();
    private final Timer handoff;
    private final Timer wait;
    private final Timer deadAir;
    private final Timer gap;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        handoff = timer(
                "segue_handoff",
                "From the trigger (or the answer, if later) to the human's first packet",
                HANDOFF_BUCKETS);
        wait = timer("segue_handoff_wait", "From the trigger to the human's answer", WAIT_BUCKETS);
        deadAir = timer("segue_handoff_dead_air", "Longest silence to the caller during a handoff", SILENCE_BUCKETS);
        gap = timer(
                "segue_handoff_gap", "Longest time between packets to the caller during a handoff", SILENCE_BUCKETS);
    }

    /** {@code segue_handoffs_total{reason,outcome}}: a handoff has ended. Both come from closed lists. */
    public void handoffEnded(String reason, String outcome) {
        Counter.builder("segue_handoffs")
                .description("Handoffs that have ended")
                .tag("reason", reason)
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** {@code segue_agent_calls_total{agent}}: a call was answered. */
    public void answered(String agent) {
        Counter.builder("segue_agent_calls")
                .description("Calls answered, by agent")
                .tag("agent", agents.of(agent))
                .register(registry)
                .increment();
    }

    /** {@code segue_handoffs_requested_total{agent,queue,reason}}: a human is wanted. */
    public void requested(String agent, String queue, String reason) {
        Counter.builder("segue_handoffs_requested")
                .description("Handoffs wanted, by agent and the queue asked first")
                .tag("agent", agents.of(agent))
                .tag("queue", queues.of(queue))
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** {@code segue_handoffs_waiting{queue}}: from now on it is shown; a queue past the limit is not. */
    public void waiting(String queue, LongSupplier callers) {
        if (queues.of(queue).equals(queue) && shownQueues.add(queue)) {
            gauge(
                    "segue_handoffs_waiting",
                    "Callers who wait for a human of this queue now",
                    Map.of("queue", queue),
                    callers::getAsLong);
        }
    }

    /** A human has the caller; milliseconds as in the call's document. */
    public void connected(double handoffMs, double waitMs, double deadAirMs, double gapMs) {
        record(handoff, handoffMs);
        record(wait, waitMs);
        record(deadAir, deadAirMs);
        record(gap, gapMs);
    }

    /** A value as it is now, such as {@code segue_calls_live}. */
    public void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(tags(tags))
                .strongReference(true)
                .register(registry);
    }

    /** A count that somebody else keeps and that only grows, such as {@code segue_sip_dropped}: {@code _total} is added. */
    public void count(String name, String description, Map<String, String> tags, LongSupplier count) {
        // Micrometer holds what is counted weakly, and its function strongly: so the function holds it.
        FunctionCounter.builder(name, this, unused -> (double) count.getAsLong())
                .description(description)
                .tags(tags(tags))
                .register(registry);
    }

    private static void record(Timer timer, double ms) {
        timer.record(Duration.ofNanos((long) (ms * 1_000_000)));
    }

    private Timer timer(String name, String description, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static Tags tags(Map<String, String> tags) {
        Tags all = Tags.empty();
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            all = all.and(tag.getKey(), tag.getValue());
        }
        return all;
    }

    private static Duration[] buckets(long... ms) {
        return java.util.Arrays.stream(ms).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
