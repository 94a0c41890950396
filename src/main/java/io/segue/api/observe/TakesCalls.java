package io.segue.api.observe;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready: every gate is open. Redis is none of them, since calls go on without it. */
@Readiness
@ApplicationScoped
public class TakesCalls implements HealthCheck {
    private final Gates gates;

    TakesCalls(Gates gates) {
        this.gates = gates;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, Boolean> state = gates.state();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("takes calls").status(!state.containsValue(false));
        state.forEach(response::withData);
        return response.build();
    }
}
