package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.agent.Dialect;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.agent.AgentLinks.Auth;
import io.segue.flow.agent.AgentLinks.Target;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgentLinkDialectsTest {
    @Test
    void carriesATwilioCallFromConnectedToStopInOrder() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            caller.sendFrames(2);
            caller.on(link -> link.digit('5', 60));
            bot.say(Bot.twilioAudio((byte) 0x11, 160));
            caller.expect(AgentEvent.FirstAudio.class);
            bot.say(Bot.twilioAudio((byte) 0x22, 8000));
            bot.say("{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"m1\"}}");
            bot.say("{\"event\":\"clear\",\"streamSid\":\"MZ1\"}");
            caller.expect(AgentEvent.Cleared.class);
            assertEquals(List.of("play:11x160", "play:22x8000", "mark:m1", "clear"), List.copyOf(caller.played));
            caller.on(link -> link.markPlayed("m1"));
            caller.on(link -> link.close("hung up"));

            List<JsonNode> sent = bot.upTo("stop");
            assertEquals(
                    List.of("connected", "start", "media", "media", "dtmf", "mark", "stop"),
                    sent.stream().map(frame -> frame.path("event").asText()).toList());
            assertFalse(sent.getFirst().has("sequenceNumber"));
            for (int i = 1; i < sent.size(); i++) {
                assertEquals(
                        String.valueOf(i), sent.get(i).path("sequenceNumber").textValue());
            }
            JsonNode start = sent.get(1).path("start");
            assertEquals("CA" + Caller.CALL_ID, start.path("callSid").asText());
            assertEquals(List.of("from_number", "to_number"), List.copyOf(names(start.path("customParameters"))));
            assertEquals("20", sent.get(2).path("media").path("timestamp").asText());
            assertEquals("1000 hung up", bot.closedWith());
            caller.expectNothing();
        }
    }

    @Test
    void carriesAPlivoCallFromStartToStopInOrder() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.PLIVO, false)) {
            caller.expect(AgentEvent.Opened.class);
            caller.sendFrames(1);
            bot.say("{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-mulaw\",\"sampleRate\":8000,"
                    + "\"payload\":\"AQID\"},\"streamId\":\"s\"}");
            caller.expect(AgentEvent.FirstAudio.class);
            bot.say("{\"event\":\"checkpoint\",\"streamId\":\"s\",\"name\":\"greeting\"}");
            bot.say("{\"event\":\"sendDTMF\",\"dtmf\":\"123#\"}");
            assertEquals("123#", caller.expect(AgentEvent.DigitsAsked.class).digits());
            bot.say("{\"event\":\"clearAudio\",\"streamId\":\"s\"}");
            caller.expect(AgentEvent.Cleared.class);
            assertEquals(List.of("play:01x3", "mark:greeting", "clear"), List.copyOf(caller.played));
            caller.on(link -> link.markPlayed("greeting"));
            caller.on(link -> link.close("hung up"));

            List<JsonNode> sent = bot.upTo("stop");
            assertEquals(
                    List.of("start", "media", "clearedAudio", "playedStream", "stop"),
                    sent.stream().map(frame -> frame.path("event").asText()).toList());
            for (int i = 0; i < sent.size(); i++) {
                assertEquals(i + 1, sent.get(i).path("sequenceNumber").numberValue());
            }
            assertEquals(
                    "00112233-4455-6677-8899-aabbccddeeff",
                    sent.getFirst().path("start").path("callId").asText());
            assertEquals("1000 hung up", bot.closedWith());
        }
    }

    @Test
    void neverGivesTwoSocketsOfACallTheSameStreamId() throws Exception {
        try (Bot first = new Bot();
                Bot second = new Bot();
                Caller caller = new Caller(Caller.PATIENT)) {
            caller.open(first.url(), Dialect.TWILIO, false).open(second.url(), Dialect.TWILIO, false);
            String one = first.upTo("start").getLast().path("streamSid").asText();
            String two = second.upTo("start").getLast().path("streamSid").asText();
            assertTrue(one.matches("MZ[0-9a-f]{32}"), one);
            assertFalse(one.equals(two));
        }
    }

    @Test
    void dropsWhatTheCallerSaysBeforeTheSocketIsOpen() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.on(link -> {
                if (caller.events.isEmpty()) {
                    link.caller(new byte[160], 0, 20);
                }
            });
            caller.expect(AgentEvent.Opened.class);
            assertEquals("connected", bot.next().path("event").asText());
            assertEquals("start", bot.next().path("event").asText());
        }
    }

    @Test
    void tellsTurnsHandoffsAndActionsOfTheBot() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            bot.say("{\"event\":\"turn\",\"turn\":{\"id\":\"t1\",\"speaker\":\"caller\",\"text\":\"hello\","
                    + "\"confidence\":0.71,\"startMs\":100,\"endMs\":200,\"unknown\":1}}");
            assertEquals(
                    new Turn("t1", Speaker.CALLER, "hello", null, 0.71, null, null, Map.of(), 100, 200, false),
                    caller.expect(AgentEvent.Said.class).turn());
            bot.say("{\"label\":\"rtvi-ai\",\"type\":\"user-transcription\",\"id\":\"x\","
                    + "\"data\":{\"text\":\"hi\",\"final\":true,\"user_id\":\"\",\"timestamp\":\"\"}}");
            Turn transcribed = caller.expect(AgentEvent.Said.class).turn();
            assertEquals("hi", transcribed.text());
            assertTrue(transcribed.id().matches("[0-9a-f]{8}-1"), transcribed.id());
            bot.say("{\"event\":\"handoff\",\"handoff\":{\"reason\":\"caller_request\",\"queue\":\"billing\"}}");
            assertEquals("billing", caller.expect(AgentEvent.HandoffAsked.class).queue());
            bot.say("{\"type\":\"end\",\"handoffData\":\"{\\\"reasonCode\\\":\\\"live-agent\\\"}\"}");
            assertEquals(
                    "live-agent", caller.expect(AgentEvent.HandoffAsked.class).reason());
            bot.say(
                    "{\"event\":\"action\",\"action\":{\"id\":\"a9\",\"type\":\"payment.authorize\",\"amount\":420.00}}");
            assertEquals(
                    BigDecimal.valueOf(420.0),
                    caller.expect(AgentEvent.ActionAsked.class).action().amount());
        }
    }

    @Test
    void sendsOurEventsOnlyToABotThatHasSentOneOrIsConfiguredFor() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            caller.on(link -> link.handoff("h-1", "requested", "dtmf"));
            bot.say("{\"event\":\"turn\",\"turn\":{\"speaker\":\"agent\",\"text\":\"hello\"}}");
            caller.expect(AgentEvent.Said.class);
            caller.on(link -> {
                link.handoff("h-1", "ringing", "dtmf");
                link.turnDecided("t1", "edited", "better", null);
                link.actionDecided(new AgentLink.ActionAnswer("a9", "approved", "eve", null, null, null, null, "tok"));
                link.returned(new AgentLink.Returned(List.of(Map.of("text", "bye")), null, null, 1, 2));
                link.close("done");
            });
            List<JsonNode> sent = bot.upTo("stop");
            assertEquals(
                    List.of("connected", "start", "handoff", "turn", "action", "returned", "stop"),
                    sent.stream().map(frame -> frame.path("event").asText()).toList());
            assertEquals("ringing", sent.get(2).path("handoff").path("state").asText());
            assertEquals("2", sent.getLast().path("sequenceNumber").asText());
        }
    }

    @Test
    void answersATurnWithConfidence7WithAnErrorThatNamesTheFieldAndGoesOn() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            bot.say(
                    "{\"event\":\"turn\",\"turn\":{\"id\":\"t1\",\"speaker\":\"caller\",\"text\":\"x\",\"confidence\":7}}");
            JsonNode error = bot.upTo("error").getLast().path("error");
            assertEquals("invalid_turn", error.path("code").asText());
            assertEquals(
                    "turn.confidence must be a number from 0 to 1, not 7",
                    error.path("message").asText());
            bot.say(Bot.twilioAudio((byte) 1, 160));
            caller.expect(AgentEvent.FirstAudio.class);
        }
    }

    @Test
    void authenticatesTheHandshakeAsConfigured() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT)) {
            caller.open(new Target("a", bot.url(), Dialect.TWILIO, new Auth.Bearer("s3cret"), false, false));
            MultiMap headers = bot.headers.get(10, TimeUnit.SECONDS);
            assertEquals("Bearer s3cret", headers.get("Authorization"));
            assertEquals("127.0.0.1:" + bot.url().getPort(), headers.get("Host"));
            assertNull(headers.get("Origin"));
        }
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT)) {
            caller.open(new Target("a", bot.url(), Dialect.TWILIO, new Auth.Twilio("token"), false, false));
            assertEquals(
                    Signatures.twilio("token", bot.url()),
                    bot.headers.get(10, TimeUnit.SECONDS).get("X-Twilio-Signature"));
        }
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT)) {
            caller.open(new Target("a", bot.url(), Dialect.PLIVO, new Auth.Plivo("token"), false, false));
            MultiMap headers = bot.headers.get(10, TimeUnit.SECONDS);
            assertEquals(
                    Signatures.plivo("token", bot.url(), headers.get("X-Plivo-Signature-V3-Nonce")),
                    headers.get("X-Plivo-Signature-V3"));
        }
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
