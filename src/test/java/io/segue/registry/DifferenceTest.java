package io.segue.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void namesEachFieldByItsPath() {
        Map<String, Object> before =
                Map.of("name", "A", "policy", Map.of("threshold", 0.8, "intents", Map.of("refund", 0.9)));
        Map<String, Object> after =
                Map.of("name", "B", "policy", Map.of("threshold", 0.8, "intents", Map.of("payment", 0.7)));
        assertEquals(
                List.of(
                        new Difference("name", "A", "B"),
                        new Difference("policy.intents.payment", null, 0.7),
                        new Difference("policy.intents.refund", 0.9, null)),
                Difference.between(before, after).stream()
                        .sorted(java.util.Comparator.comparing(Difference::field))
                        .toList());
    }

    @Test
    void takesAListAsOneFieldAndANumberForWhatItIs() {
        assertEquals(
                List.of(new Difference("numbers", List.of("1"), List.of("1", "2"))),
                Difference.between(
                        Map.of("numbers", List.of("1"), "above", 500),
                        Map.of("numbers", List.of("1", "2"), "above", 500.0)));
    }

    @Test
    void tellsAsManyFieldsAsTheLimitAndNotOneMore() {
        assertEquals(100, Difference.between(Map.of(), many(100)).size());
        assertEquals(100, Difference.between(Map.of(), many(101)).size());
    }

    private static Map<String, Object> many(int count) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            tree.put("f" + i, i);
        }
        return tree;
    }
}
