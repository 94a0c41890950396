package io.segue.api;

import io.segue.agent.Agent;
import io.segue.audit.Actor;
import io.segue.flow.registry.Documents.Expected;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Stamp;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Changes the threshold of one intent, the way in which every change of an agent is made. */
@ApplicationScoped
public class AgentThresholds {
    private final Answers answers;
    private final Shelves shelves;
    private final Directory directory;
    private final Forms forms;

    AgentThresholds(Answers answers, Shelves shelves, Directory directory, Forms forms) {
        this.answers = answers;
        this.shelves = shelves;
        this.directory = directory;
        this.forms = forms;
    }

    /**
     * Answers as a PUT of the agent does: 200, or 412 when somebody has changed the agent meanwhile.
     *
     * @param note why, for the agent's versions
     */
    public CompletionStage<Response> set(String id, String intent, double threshold, Actor by, String note) {
        Stamp stamp = directory.agentStamp(id);
        Optional<Agent> agent = directory.agent(id);
        if (agent.isEmpty()) {
            return answers.refuse(shelves.agents().missing(id));
        }
        Map<String, Object> tree = new LinkedHashMap<>(forms.agents().show(agent.get()));
        Map<String, Object> policy = copy(tree.get("policy"));
        Map<String, Object> intents = copy(policy.get("intents"));
        Object own = intents.get(intent);
        if (own instanceof Map<?, ?>) {
            Map<String, Object> settings = copy(own);
            settings.put("threshold", threshold);
            intents.put(intent, settings);
        } else {
            intents.put(intent, threshold);
        }
        policy.put("intents", intents);
        tree.put("policy", policy);
        Expected asRead = stamp.version() > 0 ? new Expected.Version(stamp.version()) : new Expected.There();
        return shelves.agents().put(id, tree, new Edit(by, note, asRead), Problem::invalid);
    }

    private static Map<String, Object> copy(@Nullable Object tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }
}
