package io.segue.agentlink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON objects into maps, lists, strings, numbers and booleans. */
final class JsonTrees {
    private static final int DEPTH_MAX = 32;
    private static final int DIGITS_MAX = 100;

    private final ObjectReader reader;

    JsonTrees(int bytesMax) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH_MAX)
                        .maxNumberLength(DIGITS_MAX)
                        .maxStringLength(bytesMax)
                        .build())
                .build();
        reader = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readerFor(Map.class);
    }

    /** Nothing where it is no JSON object. */
    @Nullable
    Map<String, Object> read(byte[] text, int offset, int length) {
        try {
            return reader.readValue(text, offset, length);
        } catch (IOException malformed) {
            return null;
        }
    }

    @Nullable
    Map<String, Object> read(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return read(utf8, 0, utf8.length);
    }
}
