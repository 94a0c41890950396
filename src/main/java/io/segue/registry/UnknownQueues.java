package io.segue.registry;

import io.segue.agent.Agent;
import io.segue.policy.Canary;
import io.segue.policy.EscalationPolicy;
import io.segue.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the queues that an agent names and that nobody has described. No error: a queue may come later, and humans may serve it as it is. */
public final class UnknownQueues {
    private final Predicate<String> known;
    private final List<FieldError> found = new ArrayList<>();

    private UnknownQueues(Predicate<String> known) {
        this.known = known;
    }

    /** @param known whether a queue of this id is described */
    public static List<FieldError> in(Agent agent, Predicate<String> known) {
        UnknownQueues queues = new UnknownQueues(known);
        queues.look("queue", agent.queue());
        queues.look("policy.", agent.policy());
        if (agent.canary() instanceof Canary canary) {
            queues.look("canary.policy.", canary.policy());
        }
        return queues.found;
    }

    private void look(String path, EscalationPolicy policy) {
        policy.intents()
                .forEach((intent, settings) -> look(
                        path + "intents." + intent + ".queue", settings.whom().queue()));
        List<Rule> rules = policy.rules().rules();
        for (int i = 0; i < rules.size(); i++) {
            look(
                    path + "rules[" + i + "].then.queue",
                    rules.get(i).then().whom().queue());
        }
    }

    private void look(String field, @Nullable String queue) {
        if (queue != null && !known.test(queue)) {
            found.add(new FieldError(field, "names a queue that is not described: " + queue));
        }
    }
}
