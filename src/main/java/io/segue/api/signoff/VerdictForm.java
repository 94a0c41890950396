package io.segue.api.signoff;

import io.segue.audit.Actor;
import io.segue.registry.Fields;
import io.segue.registry.Read;
import io.segue.signoff.Decision.Outcome;
import io.segue.signoff.Payloads;
import io.segue.signoff.Request;
import io.segue.signoff.Verdict;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"decision":"approved|edited|rejected","note"}}; an edited action has a {@code payload} or an {@code amount} (and {@code currency}) in place of the
 * agent's, an edited turn a {@code text}.
 */
final class VerdictForm {
    private static final double AMOUNT_MAX = 1e15;

    private VerdictForm() {}

    private enum Word {
        APPROVED,
        EDITED,
        REJECTED
    }

    static Read<Verdict> read(Request.Kind kind, Map<String, Object> body, Actor by, int textCharsMax) {
        Fields f = Fields.of(body);
        Outcome outcome = f.requiredOneOf("decision", Word.class)
                .map(word -> Outcome.valueOf(word.name()))
                .orElse(Outcome.REJECTED);
        String note = f.lines("note", textCharsMax).orElse(null);
        Verdict verdict = kind == Request.Kind.SIGNOFF
                ? ofAction(f, body, outcome, by, note)
                : ofTurn(f, outcome, by, note, textCharsMax);
        f.nothingElse();
        return f.result(() -> verdict);
    }

    private static Verdict ofAction(
            Fields f, Map<String, Object> body, Outcome outcome, Actor by, @Nullable String note) {
        Map<String, Object> payload = payload(f, body);
        BigDecimal amount =
                f.number("amount", 0, AMOUNT_MAX).map(BigDecimal::valueOf).orElse(null);
        String currency = currency(f);
        if (outcome == Outcome.EDITED && payload == null && amount == null) {
            f.error("payload", "is missing; edited needs a payload or an amount");
        }
        onlyEdited(f, outcome, "payload", payload);
        onlyEdited(f, outcome, "amount", amount);
        onlyEdited(f, outcome, "currency", currency);
        return new Verdict(outcome, by.name(), by.role(), note, payload, amount, currency, null);
    }

    private static Verdict ofTurn(Fields f, Outcome outcome, Actor by, @Nullable String note, int textCharsMax) {
        String text = f.lines("text", textCharsMax).orElse(null);
        if (outcome == Outcome.EDITED && text == null) {
            f.error("text", "is missing; edited needs what is to be said instead");
        }
        onlyEdited(f, outcome, "text", text);
        return new Verdict(outcome, by.name(), by.role(), note, null, null, null, text);
    }

    private static void onlyEdited(Fields f, Outcome outcome, String field, @Nullable Object value) {
        if (value != null && outcome != Outcome.EDITED) {
            f.error(field, "goes with edited only");
        }
    }

    /** As it was sent, nulls too: it is hashed. */
    static @Nullable Map<String, Object> payload(Fields f, Map<String, Object> body) {
        f.anything("payload");
        if (!(body.get("payload") instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        map.forEach((name, value) -> payload.put(String.valueOf(name), value));
        Payloads.fault(payload).ifPresent(fault -> f.error("payload", fault));
        return payload;
    }

    static @Nullable String currency(Fields f) {
        String currency = f.text("currency", 3).orElse(null);
        if (currency != null && !currency.matches("[A-Z]{3}")) {
            f.error("currency", "has to be a code of three letters such as USD (ISO 4217)");
        }
        return currency;
    }
}
