package io.segue.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON (RFC 8259) as plain trees, within limits. */
@ApplicationScoped
public class Json {
    private final ObjectMapper mapper;
    private final int bodyBytesMax;

    /** What came of reading a body. */
    public sealed interface Body {
        record Tree(Map<String, Object> fields) implements Body {}

        record Wrong(Problem problem) implements Body {}
    }

    Json(Limits limits) {
        bodyBytesMax = limits.bodyBytesMax();
        JsonFactory factory = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.jsonDepthMax())
                        .maxNumberLength(64)
                        .build())
                .build();
        factory.setCharacterEscapes(new NoMarkup());
        mapper = new ObjectMapper(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .registerModule(new SimpleModule().addSerializer(Double.class, new PlainDouble()));
    }

    /** Reads an object; no body at all is an empty one. */
    public Body read(byte @Nullable [] body) {
        return read(body, null);
    }

    /** The same, where a list alone stands for an object that has it under this name. */
    public Body readOrList(byte @Nullable [] body, String name) {
        return read(body, name);
    }

    private Body read(byte @Nullable [] body, @Nullable String listName) {
        if (body == null || body.length == 0) {
            return new Body.Tree(Map.of());
        }
        if (body.length > bodyBytesMax) {
            return new Body.Wrong(Problem.tooLarge(bodyBytesMax));
        }
        try {
            return switch (mapper.readValue(body, Object.class)) {
                case Map<?, ?> map -> new Body.Tree(copy(map));
                case List<?> list when listName != null -> new Body.Tree(Map.of(listName, list));
                case null, default -> new Body.Wrong(Problem.badJson("the body has to be a JSON object"));
            };
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return new Body.Wrong(Problem.badJson("the body is not JSON that can be taken: " + why(e) + where));
        } catch (IOException e) {
            return new Body.Wrong(Problem.badJson("the body could not be read"));
        }
    }

    public byte[] bytes(Map<String, ?> tree) {
        try {
            return mapper.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that is no JSON", e);
        }
    }

    public String text(Map<String, ?> tree) {
        return new String(bytes(tree), StandardCharsets.UTF_8);
    }

    /** The parser's first line without its own view of classes and sources. */
    private static String why(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.replaceAll("\\(`?[A-Za-z0-9_.]+\\.[A-Za-z.()]+`?\\)", "").strip();
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> tree = new LinkedHashMap<>();
        map.forEach((key, value) -> tree.put(String.valueOf(key), value));
        return tree;
    }

    /** Text is text: what would be markup in a page is escaped (RFC 8259, section 7), for readers that take an answer for one. */
    private static final class NoMarkup extends CharacterEscapes {
        private final int[] escapes = standardAsciiEscapesForJSON();

        NoMarkup() {
            for (char markup : new char[] {'<', '>', '&'}) {
                escapes[markup] = ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return null;
        }
    }

    /** A time in milliseconds as 1795441832904.177, not as 1.795441832904177E12: the same number, but one that people read. */
    private static final class PlainDouble extends StdSerializer<Double> {
        PlainDouble() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value) && Math.abs(value) >= 1e7) {
                json.writeNumber(BigDecimal.valueOf(value).toPlainString());
            } else {
                json.writeNumber(value.doubleValue());
            }
        }
    }
}
