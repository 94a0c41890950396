package io.segue.policy;

import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns for tests, field by field. */
record Said(
        Speaker speaker,
        String text,
        @Nullable String intent,
        @Nullable Double confidence,
        @Nullable Double sentiment,
        @Nullable String language,
        Map<String, Object> entities) {
    static Said caller(String text) {
        return new Said(Speaker.CALLER, text, null, null, null, null, Map.of());
    }

    static Said agent(String text) {
        return new Said(Speaker.AGENT, text, null, null, null, null, Map.of());
    }

    Said intent(String name) {
        return new Said(speaker, text, name, confidence, sentiment, language, entities);
    }

    Said confidence(double value) {
        return new Said(speaker, text, intent, value, sentiment, language, entities);
    }

    Said sentiment(double value) {
        return new Said(speaker, text, intent, confidence, value, language, entities);
    }

    Said language(String tag) {
        return new Said(speaker, text, intent, confidence, sentiment, tag, entities);
    }

    Said entity(String name, Object value) {
        return new Said(speaker, text, intent, confidence, sentiment, language, Map.of(name, value));
    }

    Turn turn() {
        return turn("t", 0);
    }

    Turn turn(String id, long ms) {
        return new Turn(id, speaker, text, intent, confidence, sentiment, language, entities, ms, ms, false);
    }
}
