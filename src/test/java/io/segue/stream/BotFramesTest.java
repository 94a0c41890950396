package io.segue.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotFramesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private final BotFrames frames = new BotFrames(Limits.defaults(), BotFramesTest::tree);

    @SuppressWarnings("unchecked")
    private static @Nullable Map<String, Object> tree(String json) {
        try {
            return JSON.readValue(json, Map.class);
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }

    private BotFrame read(String json) {
        return frames.read(java.util.Objects.requireNonNull(tree(json), json));
    }

    private String complaint(String json) {
        return assertInstanceOf(BotFrame.Malformed.class, read(json)).message();
    }

    @Test
    void readsTheFramesOfATwilioBot() {
        assertArrayEquals(
                new byte[] {1, 2, 3},
                assertInstanceOf(
                                BotFrame.Audio.class,
                                read("{\"event\":\"media\",\"streamSid\":\"MZ\",\"media\":{\"payload\":\"AQID\"}}"))
                        .ulaw());
        assertEquals(
                new BotFrame.Mark("m1"), read("{\"event\":\"mark\",\"streamSid\":\"MZ\",\"mark\":{\"name\":\"m1\"}}"));
        assertEquals(new BotFrame.Clear(), read("{\"event\":\"clear\",\"streamSid\":\"MZ\"}"));
    }

    @Test
    void readsTheFramesOfAPlivoBot() {
        for (String rate : List.of("8000", "8000.0", "\"8000\"")) {
            assertInstanceOf(
                    BotFrame.Audio.class,
                    read("{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-mulaw\",\"sampleRate\":" + rate
                            + ",\"payload\":\"AQID\"},\"streamId\":\"s\"}"));
        }
        assertEquals(
                new BotFrame.Mark("greeting"),
                read("{\"event\":\"checkpoint\",\"streamId\":\"s\",\"name\":\"greeting\"}"));
        assertEquals(new BotFrame.Clear(), read("{\"event\":\"clearAudio\",\"streamId\":\"s\"}"));
        assertEquals(new BotFrame.Digits("12*#AD"), read("{\"event\":\"sendDTMF\",\"dtmf\":\"12*#AD\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-l16\",\"payload\":\"AQID\"}}",
                "{\"event\":\"playAudio\",\"media\":{\"sampleRate\":16000,\"payload\":\"AQID\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"?\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":null}}",
                "{\"event\":\"media\",\"media\":{}}",
                "{\"event\":\"media\",\"media\":\"AQID\"}",
                "{\"event\":\"media\"}"
            })
    void refusesAudioItCannotPlay(String json) {
        assertEquals(
                "invalid_audio",
                assertInstanceOf(BotFrame.Malformed.class, read(json)).code());
    }

    @Test
    void readsATurnWithEverythingAndIgnoresWhatItDoesNotKnow() {
        assertEquals(
                new BotFrame.Said(
                        "t17",
                        false,
                        "I want a refund",
                        "refund_dispute",
                        0.71,
                        -0.6,
                        "en",
                        Map.of("order", 7),
                        41200L,
                        43900L,
                        true),
                read("{\"event\":\"turn\",\"turn\":{\"id\":\"t17\",\"speaker\":\"caller\",\"text\":\"I want a refund\","
                        + "\"intent\":\"refund_dispute\",\"confidence\":0.71,\"sentiment\":-0.6,\"language\":\"en\","
                        + "\"entities\":{\"order\":7},\"startMs\":41200.0,\"endMs\":43900,\"proposed\":true,"
                        + "\"mood\":[]},\"more\":1}"));
    }

    @Test
    void readsATurnOfTwoFieldsAndTakesNullForAbsent() {
        BotFrame.Said said = assertInstanceOf(
                BotFrame.Said.class,
                read("{\"event\":\"turn\",\"turn\":{\"speaker\":\"agent\",\"text\":\"hi\",\"confidence\":null}}"));
        assertTrue(said.byAgent());
        assertNull(said.id());
        assertNull(said.confidence());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"confidence\":0|ok",
                "\"confidence\":1|ok",
                "\"confidence\":1.0001|turn.confidence must be a number from 0 to 1, not 1.0001",
                "\"confidence\":-0.1|turn.confidence must be a number from 0 to 1, not -0.1",
                "\"confidence\":\"high\"|turn.confidence must be a number from 0 to 1, not high",
                "\"sentiment\":-1|ok",
                "\"sentiment\":-1.01|turn.sentiment must be a number from -1 to 1, not -1.01",
                "\"startMs\":-1|turn.startMs must be a whole number of at least 0, not -1",
                "\"startMs\":1.5|turn.startMs must be a whole number of at least 0, not 1.5",
                "\"startMs\":5,\"endMs\":5|ok",
                "\"startMs\":6,\"endMs\":5|turn.endMs must not be before turn.startMs",
                "\"proposed\":\"yes\"|turn.proposed must be true or false, not yes",
                "\"proposed\":true|turn.id must be there when turn.proposed is true",
                "\"id\":\"\"|turn.id must have at least one character",
                "\"id\":7|turn.id must be a string, not 7",
                "\"entities\":[]|turn.entities must be an object of at most 256 members, not a list of 0",
                "\"language\":\"123456789012345678901234567890123456\"|turn.language must have at most 35 characters, not 36 characters",
            })
    void holdsTheFieldsOfATurnToTheirRanges(String field, String outcome) {
        BotFrame frame = read("{\"event\":\"turn\",\"turn\":{\"speaker\":\"agent\",\"text\":\"hi\"," + field + "}}");
        assertEquals(outcome, frame instanceof BotFrame.Malformed malformed ? malformed.message() : "ok");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"event\":\"turn\"}|turn must be an object, not missing",
                "{\"event\":\"turn\",\"turn\":[]}|turn must be an object, not a list of 0",
                "{\"event\":\"turn\",\"turn\":{\"text\":\"x\"}}|turn.speaker must be a string of 1 to 256 characters, not missing",
                "{\"event\":\"turn\",\"turn\":{\"speaker\":\"human\",\"text\":\"x\"}}|turn.speaker must be caller or agent",
                "{\"event\":\"handoff\",\"handoff\":{\"priority\":10}}|handoff.priority must be a whole number from 0 to 9, not 10",
                "{\"event\":\"handoff\",\"handoff\":{\"skills\":[1]}}|handoff.skills must be a list of at most 256 names, not a list of 1",
                "{\"event\":\"action\",\"action\":{\"type\":\"x\"}}|action.id must be a string of 1 to 64 characters, not missing",
                "{\"event\":\"action\",\"action\":{\"id\":\"a\",\"type\":\"x\",\"amount\":-1}}|action.amount must be a number of at least 0, not -1",
                "{\"event\":\"action\",\"action\":{\"id\":\"a\",\"type\":\"x\",\"currency\":\"US\"}}|action.currency must have three letters (ISO 4217)",
                "{\"event\":\"sendDTMF\",\"dtmf\":\"12x\"}|dtmf must consist of 0-9, *, # and A-D",
                "{\"event\":\"sendDTMF\"}|dtmf must be a string of 1 to 64 characters, not missing",
                "{\"event\":\"mark\",\"mark\":{\"name\":\"\"}}|mark.name must be a string of 1 to 256 characters, not ''",
                "{\"event\":7}|event must be a string",
                "{}|a frame has an event, a label or a type"
            })
    void namesTheFieldThatIsWrong(String json, String message) {
        assertEquals(message.replace("''", ""), complaint(json));
    }

    @Test
    void holdsTextsAndNamesToTheirLimits() {
        Limits limits = Limits.defaults();
        String said = "{\"event\":\"turn\",\"turn\":{\"speaker\":\"agent\",\"text\":\"%s\"}}";
        assertInstanceOf(BotFrame.Said.class, read(said.formatted("x".repeat(limits.textCharsMax()))));
        assertInstanceOf(BotFrame.Malformed.class, read(said.formatted("x".repeat(limits.textCharsMax() + 1))));
        String mark = "{\"event\":\"mark\",\"mark\":{\"name\":\"%s\"}}";
        assertInstanceOf(BotFrame.Mark.class, read(mark.formatted("x".repeat(limits.nameCharsMax()))));
        assertInstanceOf(BotFrame.Malformed.class, read(mark.formatted("x".repeat(limits.nameCharsMax() + 1))));
        String digits = "{\"event\":\"sendDTMF\",\"dtmf\":\"%s\"}";
        assertInstanceOf(BotFrame.Digits.class, read(digits.formatted("1".repeat(limits.digitsMax()))));
        assertInstanceOf(BotFrame.Malformed.class, read(digits.formatted("1".repeat(limits.digitsMax() + 1))));
    }

    @Test
    void readsAHandoffAndAnAction() {
        assertEquals(
                new BotFrame.Handoff("caller_request", "billing", List.of("en"), 7, "s", Map.of("k", true)),
                read("{\"event\":\"handoff\",\"handoff\":{\"reason\":\"caller_request\",\"queue\":\"billing\","
                        + "\"skills\":[\"en\"],\"priority\":7,\"summary\":\"s\",\"context\":{\"k\":true}}}"));
        assertEquals(
                new BotFrame.Handoff(null, null, List.of(), 5, null, Map.of()),
                read("{\"event\":\"handoff\",\"handoff\":{}}"));
        assertEquals(
                new BotFrame.Action("a9", "payment.authorize", 420.0, "USD", "s", Map.of("to", "x"), false),
                read("{\"event\":\"action\",\"action\":{\"id\":\"a9\",\"type\":\"payment.authorize\",\"amount\":420.00,"
                        + "\"currency\":\"USD\",\"summary\":\"s\",\"payload\":{\"to\":\"x\"}}}"));
    }

    @Test
    void makesTurnsOfFinalRtviTranscriptions() {
        BotFrame.Said user = assertInstanceOf(
                BotFrame.Said.class,
                read("{\"label\":\"rtvi-ai\",\"type\":\"user-transcription\",\"data\":{\"text\":\"a\",\"user_id\":\"\","
                        + "\"timestamp\":\"t\",\"final\":true}}"));
        assertFalse(user.byAgent());
        BotFrame.Said bot = assertInstanceOf(
                BotFrame.Said.class,
                read("{\"label\":\"rtvi-ai\",\"type\":\"bot-transcription\",\"data\":{\"text\":\"b\"}}"));
        assertTrue(bot.byAgent());
        assertInstanceOf(
                BotFrame.Idle.class,
                read(
                        "{\"label\":\"rtvi-ai\",\"type\":\"user-transcription\",\"data\":{\"text\":\"a\",\"final\":false}}"));
        assertInstanceOf(
                BotFrame.Malformed.class, read("{\"label\":\"rtvi-ai\",\"type\":\"bot-transcription\",\"data\":{}}"));
        assertEquals(new BotFrame.Unknown("rtvi-ai:bot-ready"), read("{\"label\":\"rtvi-ai\",\"type\":\"bot-ready\"}"));
    }

    @Test
    void makesAHandoffOfAConversationRelayEnd() {
        assertEquals(
                new BotFrame.Handoff(
                        "live-agent-handoff",
                        null,
                        List.of(),
                        5,
                        "wants a person",
                        Map.of("reasonCode", "live-agent-handoff", "reason", "wants a person")),
                read("{\"type\":\"end\",\"handoffData\":\"{\\\"reasonCode\\\":\\\"live-agent-handoff\\\","
                        + "\\\"reason\\\":\\\"wants a person\\\"}\"}"));
        assertEquals(new BotFrame.Handoff(null, null, List.of(), 5, null, Map.of()), read("{\"type\":\"end\"}"));
        assertEquals(
                new BotFrame.Handoff(null, null, List.of(), 5, "just text", Map.of()),
                read("{\"type\":\"end\",\"handoffData\":\"just text\"}"));
    }

    @Test
    void tellsFramesApartByEventThenLabelThenType() {
        assertEquals(new BotFrame.Clear(), read("{\"type\":\"end\",\"label\":\"rtvi-ai\",\"event\":\"clear\"}"));
        assertEquals(new BotFrame.Unknown("other"), read("{\"type\":\"end\",\"label\":\"other\"}"));
        assertEquals(new BotFrame.Unknown("text"), read("{\"type\":\"text\"}"));
        assertEquals(new BotFrame.Unknown("stop"), read("{\"event\":\"stop\"}"));
    }

    @Test
    void knowsItsOwnEventsEvenWhereTheyAreMalformed() {
        assertTrue(BotFrames.isOurs(Map.of("event", "turn")));
        assertTrue(BotFrames.isOurs(Map.of("event", "handoff")));
        assertTrue(BotFrames.isOurs(Map.of("event", "action")));
        assertFalse(BotFrames.isOurs(Map.of("event", "media")));
        assertFalse(BotFrames.isOurs(Map.of("type", "end")));
    }
}
