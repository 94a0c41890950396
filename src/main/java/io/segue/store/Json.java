package io.segue.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees of maps, lists, strings, numbers and booleans, as text and back. No class of ours is bound, so nothing needs reflection. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private Json() {}

    static String write(Map<String, Object> tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a tree of maps, lists, strings, numbers and booleans", e);
        }
    }

    /** None where it is no JSON object: somebody else wrote it. */
    static @Nullable Map<String, Object> read(String text) {
        try {
            return MAPPER.readValue(text, TREE);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** A tree's branch; empty where there is none. */
    static Map<String, Object> tree(@Nullable Object value) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> tree.put(String.valueOf(name), member));
        }
        return tree;
    }
}
