package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Loudness;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in a recording, judged from its decoded audio, and who gets it. */
class RecordingIT extends AtTheScene {
    private static final int HEADER_BYTES = 58;
    private static final int BYTES_PER_MS = 16;
    private static final int WINDOW_MS = 20;
    private static final double HEARD_DBM0 = -30;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<byte[]> get(TestCall call, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(scene.process.http() + "/api/v1/calls/" + call.id + "/recording"))
                .header("Authorization", scene.process.authorization());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private void recordedAgent() {
        scene.agent("refunds", new JsonObject(), new JsonObject().put("recording", true));
    }

    private static String state(TestCall call) {
        JsonObject recording = call.document().getJsonObject("recording");
        return recording == null ? "none" : recording.getString("state");
    }

    /** One channel of a file, without its header. */
    private static byte[] channel(byte[] wav, int channel) {
        byte[] samples = new byte[(wav.length - HEADER_BYTES) / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = wav[HEADER_BYTES + 2 * i + channel];
        }
        return samples;
    }

    private static boolean sounds(byte[] channel, int hertz, int ms) {
        return Loudness.at(hertz, 0, channel, ms * 8, WINDOW_MS * 8) > HEARD_DBM0;
    }

    /** How many milliseconds of a channel sound so. */
    private static int heardMs(byte[] channel, int hertz) {
        int heard = 0;
        for (int ms = 0; ms + WINDOW_MS <= channel.length / 8; ms += WINDOW_MS) {
            heard += sounds(channel, hertz, ms) ? WINDOW_MS : 0;
        }
        return heard;
    }

    private static int firstMs(byte[] channel, int hertz) {
        int ms = 0;
        while (ms + WINDOW_MS <= channel.length / 8 && !sounds(channel, hertz, ms)) {
            ms += WINDOW_MS;
        }
        return ms;
    }

    /** The whole file, once the call is over and the writer has ended it. */
    private byte[] ended(TestCall call) {
        Until.holds("the call is over", () -> state(call).equals("ended"));
        Until.holds("nothing is written any more", () -> scene.metric("segue_recordings_live") == 0);
        try {
            return get(call).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallsRecordingHoldsTheCallerLeftAndTheAgentThenTheHumanRight() {
        recordedAgent();
        scene.human("anna", new AnswerPlan.Answer(500), "refunds");
        TestCall call = scene.call();
        Until.holds("the agent has spoken a while", () -> call.caller.tape().size() > 100);
        long t0 = call.ask();
        long human = call.hears(Voice.HUMAN_HERTZ, t0);
        Until.holds(
                "the human has spoken a while",
                () -> call.caller.tape().firstSince(human) + 50
                        < call.caller.tape().size());
        double t4 = call.handoffIn("connected").getDouble("t4");
        assertEquals("on", state(call));
        call.hangUp();

        byte[] wav = ended(call);
        byte[] left = channel(wav, 0);
        byte[] right = channel(wav, 1);
        int lengthMs = left.length / 8;
        assertTrue(heardMs(left, Voice.CALLER_HERTZ) > lengthMs * 0.9, "the caller, left");
        assertEquals(0, heardMs(left, Voice.AGENT_HERTZ) + heardMs(left, Voice.HUMAN_HERTZ), "others, left");
        assertEquals(0, heardMs(right, Voice.CALLER_HERTZ), "the caller, right");
        int switched = firstMs(right, Voice.HUMAN_HERTZ);
        byte[] after = Arrays.copyOfRange(right, (switched + WINDOW_MS) * 8, right.length);
        assertEquals(0, heardMs(after, Voice.AGENT_HERTZ), "the agent, after the human");
        assertTrue(heardMs(after, Voice.HUMAN_HERTZ) >= after.length / 8 - 2 * WINDOW_MS, "the human, to the end");
        assertTrue(heardMs(right, Voice.AGENT_HERTZ) > 1_500, "the agent, before the human");
        double begun = call.document().getJsonObject("recording").getDouble("startedAt");
        assertEquals(t4 - begun, switched, 60, "ms from its start to the switch");
    }

    @Test
    void aPartIsServedAndWhatIsBeyondTheEndIsNot() throws Exception {
        recordedAgent();
        TestCall call = scene.call();
        Until.holds("a second is written", () -> {
            try {
                return get(call).body().length > HEADER_BYTES + 1000 * BYTES_PER_MS;
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        call.hangUp();
        byte[] wav = ended(call);
        HttpResponse<byte[]> whole = get(call);
        assertEquals("audio/wav", whole.headers().firstValue("Content-Type").orElse(""));
        HttpResponse<byte[]> part = get(call, "Range", "bytes=100-299");
        assertEquals(206, part.statusCode());
        assertEquals(
                "bytes 100-299/" + wav.length,
                part.headers().firstValue("Content-Range").orElse(""));
        assertArrayEquals(Arrays.copyOfRange(wav, 100, 300), part.body());
        assertEquals(
                200,
                get(call, "Range", "bytes=100-299", "If-Range", "\"another\"").statusCode());
        HttpResponse<byte[]> beyond = get(call, "Range", "bytes=" + wav.length + "-");
        assertEquals(416, beyond.statusCode());
        assertEquals(
                "bytes */" + wav.length,
                beyond.headers().firstValue("Content-Range").orElse(""));
        assertEquals(
                401,
                scene.process
                        .seenBy("")
                        .send("GET", "/calls/" + call.id + "/recording", "")
                        .statusCode());
    }

    @Test
    void nothingIsKeptWhileItIsPausedOrDigitsArePressed() {
        recordedAgent();
        TestCall call = scene.call();
        call.order("recording", new JsonObject().put("state", "paused"));
        assertEquals("paused", state(call));
        int heard = call.caller.tape().size();
        Until.holds("a second has passed", () -> call.caller.tape().size() > heard + 50);
        call.order("recording", new JsonObject().put("state", "on"));
        int on = call.caller.tape().size();
        Until.holds("a second has passed", () -> call.caller.tape().size() > on + 50);
        call.caller.dial("4");
        Until.holds("the bot is told", () -> call.botHeard("dtmf"));
        int pressed = call.caller.tape().size();
        Until.holds("a second has passed", () -> call.caller.tape().size() > pressed + 50);
        call.hangUp();
        byte[] left = channel(ended(call), 0);
        int silent = left.length / 8 - heardMs(left, Voice.CALLER_HERTZ);
        assertTrue(silent >= 2_000, silent + " ms of silence");
        assertTrue(heardMs(left, Voice.CALLER_HERTZ) >= 500, "what was on is kept");
    }

    @Test
    void aCallOfAnotherAgentIsNotRecorded() throws Exception {
        TestCall call = scene.call();
        assertEquals("none", state(call));
        assertEquals(404, get(call).statusCode());
        assertEquals(
                409,
                scene.gateway
                        .ask("POST", "/calls/" + call.id + "/recording", new JsonObject().put("state", "paused"))
                        .status());
        call.hangUp();
    }

    @Test
    void whereNothingCanBeWrittenTheCallGoesOnAndItIsTold() throws Exception {
        try (GatewayProcess process =
                        FlowGateway.start("recording-fails", Map.of("SEGUE_RECORDING_DIRECTORY", "/dev/null"));
                Scene elsewhere = new Scene(process);
                EventStream events = EventStream.open(process)) {
            elsewhere.queue("refunds").agent("refunds", new JsonObject(), new JsonObject().put("recording", true));
            TestCall call = elsewhere.call();
            Until.holds("it has failed", () -> state(call).equals("failed"));
            assertEquals(1, elsewhere.metric("segue_recordings_failed_total"));
            int heard = call.caller.tape().size();
            Until.holds("the caller hears on", () -> call.caller.tape().size() > heard + 50);
            assertEquals(
                    call.id, events.event("recording.failed", event -> true).getString("call"));
            call.hangUp();
        }
    }
}
