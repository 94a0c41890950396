package io.segue.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Trees of maps, lists, strings, numbers and booleans as PostgreSQL takes them, and back. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

    private Json() {}

    static String write(Object tree) {
        try {
            // What a string may not hold in PostgreSQL, it may not hold as an escape in jsonb either.
            return text(MAPPER.writeValueAsString(tree)).replace("\\u0000", "\\ufffd");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a tree of maps, lists, strings, numbers and booleans", e);
        }
    }

    static Map<String, Object> read(String text) {
        try {
            return MAPPER.readValue(text, TREE);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON object", e);
        }
    }

    /** The same with U+FFFD for what PostgreSQL's UTF-8 cannot hold: U+0000 and halves of surrogate pairs. */
    static String text(String text) {
        int at = firstUnstorable(text);
        if (at < 0) {
            return text;
        }
        var storable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> storable.appendCodePoint(unstorable(c) ? 0xFFFD : c));
        return storable.toString();
    }

    private static int firstUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean unstorable(int codePoint) {
        return codePoint == 0 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }
}
