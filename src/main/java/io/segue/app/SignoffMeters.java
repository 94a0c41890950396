package io.segue.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.segue.flow.oversight.DecisionObserver;
import io.segue.signoff.Decision;
import io.segue.signoff.Request;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code segue_signoffs_pending}, {@code segue_signoffs_decided_total}, {@code segue_signoffs_waited_seconds} and {@code segue_violations_total}, by kind. */
@Singleton
class SignoffMeters implements DecisionObserver {
    private static final Duration[] BUCKETS = {
        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10),
        Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(120)
    };

    private final MeterRegistry registry;
    private final Map<Request.Kind, AtomicInteger> pending = new EnumMap<>(Request.Kind.class);
    private final Map<Request.Kind, Counter> violations = new EnumMap<>(Request.Kind.class);

    @Inject
    SignoffMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Request.Kind kind : Request.Kind.values()) {
            AtomicInteger waiting = new AtomicInteger();
            pending.put(kind, waiting);
            Gauge.builder("segue.signoffs.pending", waiting, AtomicInteger::get)
                    .description("Requests of this gateway's calls that wait for people")
                    .tag("kind", name(kind))
                    .register(registry);
            violations.put(
                    kind,
                    Counter.builder("segue.violations")
                            .description("Actions done without their sign-off, turns spoken without their approval")
                            .tag("kind", name(kind))
                            .register(registry));
        }
    }

    @Override
    public void asked(Request.Kind kind) {
        waiting(kind).incrementAndGet();
    }

    @Override
    public void decided(Request.Kind kind, Decision decision, long waitedMs) {
        boolean asked = !decision.isByPolicy();
        if (asked) {
            waiting(kind).decrementAndGet();
            Timer.builder("segue.signoffs.waited")
                    .description("From the question to the decision that holds")
                    .tag("kind", name(kind))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry)
                    .record(Duration.ofMillis(Math.max(0, waitedMs)));
        }
        Counter.builder("segue.signoffs.decided")
                .description("Decisions, those that the policy makes by itself apart")
                .tag("kind", name(kind))
                .tag("outcome", decision.outcome().wire())
                .tag("by", asked ? decision.role().equals(Decision.GATEWAY) ? "deadline" : "human" : "policy")
                .register(registry)
                .increment();
    }

    @Override
    public void abandoned(Request.Kind kind) {
        waiting(kind).decrementAndGet();
    }

    @Override
    public void violated(Request.Kind kind) {
        Counter counter = violations.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    private AtomicInteger waiting(Request.Kind kind) {
        return pending.getOrDefault(kind, new AtomicInteger());
    }

    private static String name(Request.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
