package io.segue.flow.record;

import io.segue.contact.Message;
import io.segue.turn.Turn;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said and written, as the REST interface shows it and the store keeps it: turns in milliseconds of the call, messages in Unix milliseconds. */
public final class TextDocuments {
    private TextDocuments() {}

    public static Map<String, Object> turn(Turn turn) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", turn.id());
        document.put("speaker", lower(turn.speaker()));
        document.put("text", turn.text());
        put(document, "intent", turn.intent());
        put(document, "confidence", turn.confidence());
        put(document, "sentiment", turn.sentiment());
        put(document, "language", turn.language());
        if (!turn.entities().isEmpty()) {
            document.put("entities", turn.entities());
        }
        document.put("startMs", turn.startMs());
        document.put("endMs", turn.endMs());
        if (turn.proposed()) {
            document.put("proposed", true);
        }
        return document;
    }

    public static Map<String, Object> message(Message message) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", message.id());
        document.put("channel", lower(message.channel()));
        document.put("direction", lower(message.direction()));
        document.put("at", message.at());
        document.put("text", message.text());
        return document;
    }

    private static void put(Map<String, Object> document, String key, @Nullable Object value) {
        if (value != null) {
            document.put(key, value);
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
