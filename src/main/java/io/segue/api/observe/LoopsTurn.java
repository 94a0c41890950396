package io.segue.api.observe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Alive: every loop has turned lately. A gateway whose loops stand still is deaf, whatever its HTTP server says. */
@Liveness
@ApplicationScoped
public class LoopsTurn implements HealthCheck {
    private final Heartbeats heartbeats;

    LoopsTurn(Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, Long> silent = heartbeats.silentMs();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("loops turn").status(heartbeats.allTurn());
        silent.forEach((name, ms) -> response.withData(name + " silent ms", ms));
        return response.build();
    }
}
