package io.segue.api;

import io.segue.flow.Calls;
import io.segue.registry.Directory;
import io.segue.registry.FieldError;
import io.segue.registry.Staleness;
import io.segue.registry.Wire;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The agents that nobody calls or answers for. */
@ApplicationScoped
public class StaleAgents {
    static final int DAYS_MAX = 3_650;

    private final Calls calls;
    private final Directory directory;
    private final Answers answers;
    private final OwnersGone gone;
    private final InstantSource clock;

    /** Owners that have been said to be gone, as agents name them. */
    public record OwnersGone(Set<String> owners) {}

    StaleAgents(Calls calls, Directory directory, Answers answers, OwnersGone gone) {
        this.calls = calls;
        this.directory = directory;
        this.answers = answers;
        this.gone = gone;
        this.clock = InstantSource.system();
    }

    CompletionStage<Response> list(Configured<io.segue.agent.Agent> agents, String days) {
        if (!days.matches("[0-9]{1,4}") || Integer.parseInt(days) > DAYS_MAX) {
            return answers.refuse(Problem.invalid(
                    List.of(new FieldError("stale", "has to be a whole number of days, 0 to " + DAYS_MAX))));
        }
        return answers.later(
                calls.lastCalls(directory.agents().stream()
                        .map(io.segue.agent.Agent::id)
                        .toList()),
                last -> answers.items(
                        Staleness.in(directory, last, gone.owners(), Integer.parseInt(days), clock.millis()).stream()
                                .map(stale -> tree(agents, stale))
                                .toList()));
    }

    private static Map<String, Object> tree(Configured<io.segue.agent.Agent> agents, Staleness stale) {
        Map<String, Object> tree = new LinkedHashMap<>(agents.shown(stale.agent()));
        tree.put("stale", stale.reasons().stream().map(Wire::of).toList());
        if (stale.lastCallMs() instanceof Long last) {
            tree.put("lastCallAt", last);
        }
        return tree;
    }
}
