package io.segue.demo.replay;

import io.segue.demo.replay.Dialogue.Said;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose methods are whose. The file names a dialogue's services and an action's method, but not which of several services has it: dialogues about one
 * service alone tell.
 */
final class Services {
    private final Map<String, Set<String>> having = new HashMap<>();

    void learn(Dialogue dialogue) {
        if (dialogue.services().size() != 1) {
            return;
        }
        for (Said said : dialogue.turns()) {
            if (said.action() != null) {
                having.computeIfAbsent(said.action().method(), method -> new HashSet<>())
                        .add(dialogue.services().getFirst());
            }
        }
    }

    /** {@code Banks.TransferMoney}, without the service's version; the bare method where it cannot be told whose it is. */
    String type(Dialogue dialogue, String method) {
        List<String> services = dialogue.services();
        Set<String> able = having.getOrDefault(method, Set.of());
        List<String> left = services.size() == 1
                ? services
                : services.stream().filter(able::contains).toList();
        return left.size() == 1 ? left.getFirst().replaceFirst("_[0-9]+$", "") + "." + method : method;
    }
}
