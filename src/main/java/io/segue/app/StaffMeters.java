package io.segue.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.segue.flow.desk.Desk;
import io.segue.human.PresenceState;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code segue_humans{state}}: what the humans of all gateways are doing, read every ten seconds. Not a number while Redis is away. */
@Singleton
@Startup
class StaffMeters {
    private static final long EVERY_MS = 10_000;

    private final Vertx vertx;
    private final Desk desk;
    private final long timer;
    private volatile Map<PresenceState, Long> counts = Map.of();
    private volatile boolean known;

    @Inject
    StaffMeters(Vertx vertx, Desk desk, MeterRegistry registry) {
        this.vertx = vertx;
        this.desk = desk;
        for (PresenceState state : PresenceState.values()) {
            Gauge.builder("segue.humans", () -> known ? counts.getOrDefault(state, 0L) : Double.NaN)
                    .description("Humans by what they are doing, over all gateways")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        read();
        timer = vertx.setPeriodic(EVERY_MS, unused -> read());
    }

    private void read() {
        desk.presences().whenComplete((presences, error) -> {
            if (error == null) {
                counts = presences.stream()
                        .collect(Collectors.groupingBy(
                                presence -> presence.state(),
                                () -> new EnumMap<>(PresenceState.class),
                                Collectors.counting()));
            }
            known = error == null;
        });
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer);
    }
}
