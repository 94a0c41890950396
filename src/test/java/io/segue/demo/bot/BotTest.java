package io.segue.demo.bot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BotTest {
    private static final String SID = "MZ0123456789abcdef0123456789abcdef";
    private final Bot bot = Bot.open("127.0.0.1");
    private final Vertx vertx = Vertx.vertx();
    private final List<JsonObject> got = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        bot.close();
    }

    @Test
    void speaksInRealTimeToTheCallerItExpects() {
        CompletableFuture<BotCall> call =
                bot.expect("+1555", Script.speaking(Voice.agentTone(), 20, 5).ahead(0));
        WebSocket socket = connect("/");
        long before = System.nanoTime();
        twilioStart(socket, "+1555");
        BotCall up = call.join();
        await(() -> got.size() >= 26);
        double elapsed = (System.nanoTime() - before) / 1e6;
        assertTrue(elapsed > 450, "26 frames in " + elapsed + " ms");
        assertEquals(SID, got.getFirst().getString("streamSid"));
        byte[] frame =
                Base64.getDecoder().decode(got.getFirst().getJsonObject("media").getString("payload"));
        assertEquals(160, frame.length);
        assertEquals("00112233445566778899aabbccddeeff", up.callId());
        assertEquals("+1999", up.to());
    }

    @Test
    void hearsTheCallerFrameByFrame() {
        CompletableFuture<BotCall> call = bot.expect("+1555", new Script(null, 20, 0, 5, List.of()));
        WebSocket socket = connect("/");
        twilioStart(socket, "+1555");
        String payload = Base64.getEncoder().encodeToString(Voice.callerTone().mulaw());
        for (int chunk : new int[] {1, 2, 4}) {
            socket.writeTextMessage("{\"event\":\"media\",\"sequenceNumber\":\"" + (chunk + 1) + "\",\"streamSid\":\""
                    + SID
                    + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + chunk + "\",\"timestamp\":\"" + chunk * 20
                    + "\",\"payload\":\"" + payload + "\"}}");
        }
        socket.writeTextMessage("{\"event\":\"mark\",\"mark\":{\"name\":\"m1\"}}");
        BotCall up = call.join();
        await(() -> up.played().equals(List.of("m1")));
        assertEquals(3, up.tape().size());
        assertEquals(4, up.tape().sequence(2));
        assertEquals(80, up.tape().timestamp(2));
        assertEquals(1, up.chunkBreaks());
        assertEquals("caller", new Ear(up.tape()).who(1));
    }

    @Test
    void speaksPlivoInLongFramesAndGoesMuteWithItsTurn() {
        CompletableFuture<BotCall> call = bot.expect(
                "+1555", Script.speaking(Voice.recorded("agent"), 200, 0).ahead(1000));
        WebSocket socket = connect("/");
        socket.writeTextMessage(new JsonObject()
                .put("event", "start")
                .put(
                        "start",
                        new JsonObject()
                                .put("callId", "00112233-4455-6677-8899-aabbccddeeff")
                                .put("streamId", "s-1"))
                .put("extra_headers", "from_number=+1555;to_number=%2B1999")
                .encode());
        BotCall up = call.join();
        assertEquals("00112233445566778899aabbccddeeff", up.callId());
        assertEquals("+1999", up.to());
        await(() -> got.size() >= 6);
        assertEquals("playAudio", got.getFirst().getString("event"));
        assertEquals("s-1", got.getFirst().getString("streamId"));
        long t0 = up.turnAndMute("I want my money back", "refund_dispute", 0.4).join();
        assertTrue(System.nanoTime() - t0 < 1_000_000_000L);
        await(() -> got.getLast().getString("event").equals("turn"));
        assertEquals(0.4, got.getLast().getJsonObject("turn").getDouble("confidence"));
        long sent = up.framesSent();
        java.util.concurrent.locks.LockSupport.parkNanos(300_000_000);
        assertEquals(sent, up.framesSent());
    }

    @Test
    void refusesTheHandshakeAsItIsTold() {
        assertThrows(CompletionException.class, () -> connect("/refuse/403"));
        assertEquals(0, bot.accepted());
    }

    @Test
    void closesAndTellsThatItIsClosed() {
        CompletableFuture<BotCall> call =
                bot.expect("+1555", Script.discarding().then(50, BotCall::close));
        WebSocket socket = connect("/");
        CompletableFuture<Void> closed = new CompletableFuture<>();
        socket.closeHandler(closed::complete);
        twilioStart(socket, "+1555");
        closed.join();
        call.join().closed().join();
    }

    private WebSocket connect(String path) {
        return vertx.createWebSocketClient()
                .connect(new WebSocketConnectOptions()
                        .setAbsoluteURI(bot.url(path).toString()))
                .onSuccess(socket -> socket.textMessageHandler(text -> got.add(new JsonObject(text))))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void twilioStart(WebSocket socket, String from) {
        socket.writeTextMessage("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}");
        socket.writeTextMessage(new JsonObject()
                .put("event", "start")
                .put("streamSid", SID)
                .put(
                        "start",
                        new JsonObject()
                                .put("callSid", "CA00112233445566778899aabbccddeeff")
                                .put(
                                        "customParameters",
                                        new JsonObject()
                                                .put("from_number", from)
                                                .put("to_number", "+1999")))
                .encode());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen within 5 s");
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
