package io.segue.demo.replay;

import io.segue.demo.replay.Dialogue.Action;
import io.segue.demo.replay.Dialogue.Reading;
import io.segue.demo.replay.Dialogue.Said;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one line of a file of dialogues: {@code {"id","services":[…],"turns":[{"speaker","text","intent","predicted","confidence","action"}]}}. */
final class DialogueLine {
    private static final String CALLER = "caller";

    private DialogueLine() {}

    /** Throws IllegalArgumentException with what is wrong, to be put behind the line's number. */
    static Dialogue read(String line) {
        JsonObject json;
        try {
            json = new JsonObject(line);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("no JSON object", e);
        }
        JsonArray turns = typed(json, "turns", "turns", JsonArray.class);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("turns: there are none");
        }
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String at = "turns[" + i + "]";
            if (!(turns.getValue(i) instanceof JsonObject turn)) {
                throw new IllegalArgumentException(at + " has to be an object");
            }
            said.add(said(turn, at + "."));
        }
        return new Dialogue(text(json, "id", ""), services(json), List.copyOf(said));
    }

    private static List<String> services(JsonObject json) {
        JsonArray services =
                json.containsKey("services") ? typed(json, "services", "services", JsonArray.class) : new JsonArray();
        return services.stream().map(String::valueOf).toList();
    }

    private static Said said(JsonObject turn, String at) {
        String speaker = text(turn, "speaker", at);
        if (!speaker.equals(CALLER) && !speaker.equals("agent")) {
            throw new IllegalArgumentException(at + "speaker has to be caller or agent, not " + speaker);
        }
        boolean byCaller = speaker.equals(CALLER);
        return new Said(
                byCaller,
                text(turn, "text", at),
                byCaller ? reading(turn, at) : null,
                byCaller ? null : action(turn, at));
    }

    private static @Nullable Reading reading(JsonObject turn, String at) {
        if (!turn.containsKey("predicted") && !turn.containsKey("confidence")) {
            return null;
        }
        double confidence =
                typed(turn, "confidence", at + "confidence", Number.class).doubleValue();
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException(at + "confidence has to be 0 to 1, not " + confidence);
        }
        return new Reading(text(turn, "intent", at), text(turn, "predicted", at), confidence);
    }

    private static @Nullable Action action(JsonObject turn, String at) {
        if (!turn.containsKey("action")) {
            return null;
        }
        JsonObject action = typed(turn, "action", at + "action", JsonObject.class);
        Map<String, Object> parameters = action.containsKey("parameters")
                ? typed(action, "parameters", at + "action.parameters", JsonObject.class)
                        .getMap()
                : Map.of();
        return new Action(text(action, "method", at + "action."), parameters);
    }

    private static String text(JsonObject object, String name, String at) {
        String text = typed(object, name, at + name, String.class);
        if (text.isBlank()) {
            throw new IllegalArgumentException(at + name + " is empty");
        }
        return text;
    }

    private static <T> T typed(JsonObject object, String name, String at, Class<T> type) {
        Object value = object.getValue(name);
        if (value == null) {
            throw new IllegalArgumentException(at + " is missing");
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(at + " has to be " + shape(type) + ", not " + value);
        }
        return type.cast(value);
    }

    private static String shape(Class<?> type) {
        return type == String.class
                ? "a text"
                : type == Number.class ? "a number" : type == JsonArray.class ? "a list" : "an object";
    }
}
