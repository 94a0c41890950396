package io.segue.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.segue.audit.Link;
import io.segue.audit.SignedHead;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The trail as JSON lines: a link is {@code {"node","seq","previous","hash","at","kind","call","actor","role","body"}}, a signed head {@code
 * {"head","seq","hash","signer","at","key","signature"}}. Bytes are in hex, times Unix microseconds, and the body is a string: the very text that was
 * hashed.
 */
public final class AuditLines {
    private static final JsonFactory JSON = new JsonFactory();

    private AuditLines() {}

    /** What a line can be. */
    public interface Reader {
        void link(Link link);

        void head(SignedHead head);
    }

    public static String of(Link link) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("node", link.node());
        line.put("seq", link.seq());
        line.put("previous", hex(link.previous()));
        line.put("hash", hex(link.hash()));
        line.put("at", link.at());
        line.put("kind", link.kind());
        if (link.call() instanceof String call) {
            line.put("call", call);
        }
        line.put("actor", link.actor());
        line.put("role", link.role());
        line.put("body", link.body());
        return Json.write(line);
    }

    public static String of(SignedHead head) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("head", head.node());
        line.put("seq", head.seq());
        line.put("hash", hex(head.hash()));
        line.put("signer", head.signer());
        line.put("at", head.at());
        line.put("key", hex(head.key()));
        line.put("signature", hex(head.signature()));
        return Json.write(line);
    }

    /** @throws IllegalArgumentException when it is no line of a trail; the message says why */
    public static void read(String line, Reader reader) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("is no JSON object");
            }
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    texts.put(field, parser.getText());
                } else if (value == JsonToken.VALUE_NUMBER_INT) {
                    numbers.put(field, parser.getLongValue());
                } else {
                    throw new IllegalArgumentException("has something else than text or a whole number in " + field);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "is no JSON: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
        if (texts.containsKey("head")) {
            reader.head(new SignedHead(
                    text(texts, "head"),
                    number(numbers, "seq"),
                    bytes(texts, "hash"),
                    text(texts, "signer"),
                    number(numbers, "at"),
                    bytes(texts, "key"),
                    bytes(texts, "signature")));
        } else {
            reader.link(new Link(
                    text(texts, "node"),
                    number(numbers, "seq"),
                    bytes(texts, "previous"),
                    bytes(texts, "hash"),
                    number(numbers, "at"),
                    text(texts, "kind"),
                    texts.get("call"),
                    text(texts, "actor"),
                    text(texts, "role"),
                    text(texts, "body")));
        }
    }

    private static String text(Map<String, String> texts, String field) {
        String text = texts.get(field);
        if (text == null) {
            throw new IllegalArgumentException("has no " + field);
        }
        return text;
    }

    private static long number(Map<String, Long> numbers, String field) {
        Long number = numbers.get(field);
        if (number == null) {
            throw new IllegalArgumentException("has no " + field);
        }
        return number;
    }

    private static byte[] bytes(Map<String, String> texts, String field) {
        try {
            return HexFormat.of().parseHex(text(texts, field));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has no hex in " + field, e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
