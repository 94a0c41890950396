package io.segue.demo.replay;

import io.segue.demo.replay.Dialogue.Action;
import io.segue.demo.replay.Dialogue.Reading;
import io.segue.demo.replay.Dialogue.Said;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A dialogue's turns and actions as an agent tells them on its socket. */
final class TurnEvents {
    /** The file's amounts say no currency; the dialogues are American. */
    private static final String CURRENCY = "USD";

    private static final Pattern AMOUNT =
            Pattern.compile("\\$? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(\\.[0-9]{1,2})?");

    private TurnEvents() {}

    /** The id of a dialogue's turn, by its place from 0 on. */
    static String id(int place) {
        return "t" + (place + 1);
    }

    static JsonObject turn(int place, Said said) {
        JsonObject turn = new JsonObject()
                .put("id", id(place))
                .put("speaker", said.byCaller() ? "caller" : "agent")
                .put("text", said.text());
        Reading reading = said.reading();
        return reading == null ? turn : turn.put("intent", reading.predicted()).put("confidence", reading.confidence());
    }

    /** @param type {@code Banks.TransferMoney} */
    static JsonObject action(int place, String type, Action action) {
        JsonObject event = new JsonObject()
                .put("id", "a" + (place + 1))
                .put("type", type)
                .put("summary", type)
                .put("payload", new JsonObject(action.parameters()));
        BigDecimal amount = amount(action.parameters());
        return amount == null ? event : event.put("amount", amount).put("currency", CURRENCY);
    }

    /** Of the first parameter that is called an amount and is one; none: it is no matter of money. */
    static @Nullable BigDecimal amount(Map<String, Object> parameters) {
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            Matcher amount = AMOUNT.matcher(String.valueOf(parameter.getValue()).strip());
            if (parameter.getKey().toLowerCase(java.util.Locale.ROOT).contains("amount") && amount.matches()) {
                String cents = amount.group(2);
                return new BigDecimal(amount.group(1).replace(",", "") + (cents == null ? "" : cents));
            }
        }
        return null;
    }
}
