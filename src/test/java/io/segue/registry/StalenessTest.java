package io.segue.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.registry.Staleness.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StalenessTest {
    private static final long DAY = 86_400_000L;
    private static final long NOW = 1_000 * DAY;

    private final Directory directory = new Directory(new Forms("segue", Limits.defaults()));

    private void agent(String id, String owner, long changedAt) {
        assertEquals(
                List.of(),
                directory.agent(
                        id, Map.of("version", 1, "changedAt", changedAt, "owner", owner, "url", "wss://bot.example/")));
    }

    private Map<String, List<Reason>> stale(Map<String, Long> lastCalls, Set<String> gone, int days) {
        return Staleness.in(directory, lastCalls, gone, days, NOW).stream()
                .collect(Collectors.toMap(s -> s.agent().id(), Staleness::reasons));
    }

    @Test
    void listsAnAgentOnTheDayThatItHasTakenNoCallForSoLongAndNotBefore() {
        agent("a", "team", 0);
        assertEquals(Map.of("a", List.of(Reason.NO_CALL)), stale(Map.of("a", NOW - 30 * DAY), Set.of(), 30));
        assertEquals(Map.of(), stale(Map.of("a", NOW - 30 * DAY + 1), Set.of(), 30));
    }

    @Test
    void givesANewAgentTheSameTimeBeforeItsFirstCall() {
        agent("new", "team", NOW - 29 * DAY);
        agent("old", "team", NOW - 31 * DAY);
        assertEquals(Set.of("old"), stale(Map.of(), Set.of(), 30).keySet());
    }

    @Test
    void listsAnAgentWhoseOwnerIsGoneHoweverBusyItIs() {
        agent("anna's", "human:anna", NOW);
        agent("ben's", "human:ben", NOW);
        agent("sold", "team-sold", NOW);
        directory.human("anna", Map.of("contact", "sip:anna@192.0.2.1"));
        Map<String, Long> busy = Map.of("anna's", NOW, "ben's", NOW, "sold", NOW);
        assertEquals(
                Map.of("ben's", List.of(Reason.OWNER_GONE), "sold", List.of(Reason.OWNER_GONE)),
                stale(busy, Set.of("team-sold"), 30));
    }
}
