package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.segue.agent.Dialect;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentEvent.Cause;
import io.segue.flow.agent.AgentLinks.Auth;
import io.segue.flow.agent.AgentLinks.Target;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentLinkFailuresTest {
    @Test
    void isRefusedWhereNothingListens() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        try (Caller caller =
                new Caller(Caller.PATIENT).open(URI.create("ws://127.0.0.1:" + port + "/"), Dialect.TWILIO, false)) {
            assertEquals("no connection", caller.expectGone(Cause.REFUSED).detail());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 404, 500})
    void isRefusedByAnyStatusButSwitchingProtocolsAndFollowsNoRedirect(int status) throws Exception {
        try (RawBot bot = new RawBot(key -> ("HTTP/1.1 " + HttpResponseStatus.valueOf(status)
                                + "\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            assertEquals("HTTP " + status, caller.expectGone(Cause.REFUSED).detail());
        }
    }

    @Test
    void isRefusedWhereTheServerDoesNotSpeakTls() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT)
                        .open(URI.create("wss://127.0.0.1:" + bot.url().getPort() + "/"), Dialect.TWILIO, false)) {
            assertEquals("TLS", caller.expectGone(Cause.REFUSED).detail());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://192.0.2.1/bot",
                "ws://bot.example/",
                "http://127.0.0.1/",
                "ws:opaque",
                "ws://127.0.0.1:70000/"
            })
    void isRefusedByAnUrlThatIsNotAllowed(String url) throws Exception {
        try (Caller caller = new Caller(Caller.PATIENT).open(URI.create(url), Dialect.TWILIO, false)) {
            caller.expectGone(Cause.REFUSED);
        }
    }

    @Test
    void allowsWsToLoopbackAndWithAllowInsecureAnywhere() {
        assertTrue(refusal("ws://192.0.2.1/", false));
        assertFalse(refusal("ws://192.0.2.1/", true));
        assertFalse(refusal("ws://127.8.8.8/", false));
        assertFalse(refusal("ws://[::1]:8080/", false));
        assertFalse(refusal("ws://localhost/", false));
        assertTrue(refusal("ws://127.0.0.1.example/", false));
        assertFalse(refusal("wss://bot.example/", false));
    }

    private static boolean refusal(String url, boolean allowInsecure) {
        return VertxAgentLinks.refusal(
                        new Target("a", URI.create(url), Dialect.TWILIO, new Auth.None(), false, allowInsecure))
                != null;
    }

    @Test
    void isLateWithoutAHandshakeAndFreesTheConnection() throws Exception {
        try (RawBot bot = new RawBot(key -> new byte[0]);
                Caller caller = new Caller(Caller.SHORT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expectGone(Cause.LATE);
            assertConnectionEnds(bot.accepted.get(10, TimeUnit.SECONDS));
            caller.expectNothing();
        }
    }

    @Test
    void isLateWithoutAudioAndSaysStop() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.SOON).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            bot.say("{\"event\":\"media\",\"media\":{\"payload\":\"\"}}");
            assertEquals("no audio within 400 ms", caller.expectGone(Cause.LATE).detail());
            bot.upTo("stop");
            assertTrue(bot.closedWith().startsWith("1000"), bot.closedWith());
            assertEquals(0, caller.counters.snapshot().live());
        }
    }

    @Test
    void tellsThatTheBotHasClosedAndNothingAfter() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            bot.socket.get(10, TimeUnit.SECONDS).close((short) 1001, "restarting\r\nnow");
            assertEquals("1001 restarting??now", caller.expectGone(Cause.CLOSED).detail());
            caller.sendFrames(1);
            caller.on(link -> link.close("late"));
            caller.expectNothing();
            assertEquals(0, caller.counters.snapshot().live());
        }
    }

    @Test
    void tellsThatTheConnectionBroke() throws Exception {
        try (RawBot bot = new RawBot(key -> RawBot.upgraded(key, new byte[0]));
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            Socket socket = bot.accepted.get(10, TimeUnit.SECONDS);
            socket.setSoLinger(true, 0);
            socket.close();
            assertEquals("connection lost", caller.expectGone(Cause.CLOSED).detail());
        }
    }

    @Test
    void hearsFramesThatCameWithTheHandshakeInOneSegment() throws Exception {
        byte[] mark = frame("{\"event\":\"mark\",\"mark\":{\"name\":\"m\"}}");
        try (RawBot bot = new RawBot(key -> RawBot.upgraded(key, mark));
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            assertEquals("mark:m", caller.expectPlayed());
        }
    }

    @Test
    void isSilentWithoutAPongAndWithoutAnythingElse() throws Exception {
        Limits noAudioNeeded = new Limits(20_000, 20_000, 150, 300, 768 * 1024, 250, 5, 100, 8 * 1024);
        try (RawBot bot = new RawBot(key -> RawBot.upgraded(key, new byte[0]));
                Caller caller = new Caller(noAudioNeeded).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            caller.expectGone(Cause.SILENT);
            assertConnectionEnds(bot.accepted.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void isNotSilentWhileItAnswersPings() throws Exception {
        // The handshake's own deadline, 2.5 s after the beginning, must not touch the open socket either.
        Limits pings = new Limits(2_000, 4_000, 200, 300, 768 * 1024, 250, 5, 100, 8 * 1024);
        try (Bot bot = new Bot();
                Caller caller = new Caller(pings).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            // Twenty pings long it said nothing but pong.
            caller.expectGone(Cause.LATE);
        }
    }

    @Test
    void isSlowOnceMoreThan250FramesWait() throws Exception {
        try (RawBot bot = new RawBot(key -> RawBot.upgraded(key, new byte[0]));
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            for (int second = 0; second < 10_000 && caller.events.isEmpty(); second++) {
                caller.sendFrames(50);
            }
            assertEquals(
                    "agent_slow: 250 frames waiting",
                    caller.expectGone(Cause.SLOW).detail());
            assertConnectionEnds(bot.accepted.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void takesAFrameOfExactlyTheLimit() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            bot.say(audioOfBytes(768 * 1024));
            caller.expect(AgentEvent.FirstAudio.class);
            assertTrue(caller.expectPlayed().startsWith("play:00x58"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {768 * 1024 + 1, 1 << 20})
    void closesWith1009PastTheLimitAndLeavesOtherCallsAlone(int bytes) throws Exception {
        try (Bot bot = new Bot();
                Bot other = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(other.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            caller.open(bot.url(), Dialect.TWILIO, false);
            caller.expect(AgentEvent.Opened.class);
            bot.say(audioOfBytes(bytes));
            assertTrue(caller.expectGone(Cause.MISBEHAVED).detail().startsWith("1009"));
            assertTrue(bot.closedWith().startsWith("1009"), bot.closedWith());
            other.say(Bot.twilioAudio((byte) 7, 160));
            caller.expect(AgentEvent.FirstAudio.class);
            assertEquals("play:07x160", caller.expectPlayed());
        }
    }

    @Test
    void putsFragmentsTogetherUpToTheLimitAndClosesWith1009PastIt() throws Exception {
        String whole = audioOfBytes(768 * 1024);
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            ServerWebSocket socket = bot.socket.get(10, TimeUnit.SECONDS);
            sayInFragments(socket, whole);
            caller.expect(AgentEvent.FirstAudio.class);
            sayInFragments(socket, whole + " ");
            assertTrue(caller.expectGone(Cause.MISBEHAVED).detail().startsWith("1009"));
            assertTrue(bot.closedWith().startsWith("1009"), bot.closedWith());
        }
    }

    private static void sayInFragments(ServerWebSocket socket, String text) {
        int third = text.length() / 3;
        socket.writeFrame(WebSocketFrame.textFrame(text.substring(0, third), false));
        socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(text.substring(third, 2 * third)), false));
        socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(text.substring(2 * third)), true));
    }

    @Test
    void countsBinaryFramesAndGoesOn() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, true)) {
            caller.expect(AgentEvent.Opened.class);
            bot.socket.get(10, TimeUnit.SECONDS).writeBinaryMessage(Buffer.buffer("RIFF"));
            assertEquals(
                    "binary_frame",
                    bot.upTo("error").getLast().path("error").path("code").asText());
            bot.say(Bot.twilioAudio((byte) 1, 160));
            caller.expect(AgentEvent.FirstAudio.class);
            assertEquals(1, caller.counters.snapshot().binaryIn());
        }
    }

    @Test
    void ignoresUnknownEventsAndAnswersMalformedFramesUpToTheLimit() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, true)) {
            caller.expect(AgentEvent.Opened.class);
            bot.say("{\"event\":\"surprise\"}");
            for (int i = 0; i < Caller.PATIENT.malformedFramesMax(); i++) {
                bot.say("{\"event\":");
                assertEquals(
                        "invalid_json",
                        bot.upTo("error").getLast().path("error").path("code").asText());
            }
            caller.expectNothing();
            assertEquals(1, caller.counters.snapshot().unknownIn());
            bot.say("[]");
            caller.expectGone(Cause.MISBEHAVED);
            assertTrue(bot.closedWith().startsWith("1008"), bot.closedWith());
        }
    }

    @Test
    void closesOnAViolationOfTheWebSocketProtocol() throws Exception {
        byte[] reservedOpcode = {(byte) 0x83, 0};
        try (RawBot bot = new RawBot(key -> RawBot.upgraded(key, reservedOpcode));
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            assertTrue(caller.expectGone(Cause.MISBEHAVED).detail().startsWith("1002"));
        }
    }

    @Test
    void playsNothingAfterItsClose() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            ServerWebSocket socket = bot.socket.get(10, TimeUnit.SECONDS);
            caller.on(link -> {
                // Both frames are on their way to a socket that is closed before this thread reads them.
                socket.writeTextMessage(Bot.twilioAudio((byte) 1, 160))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();
                link.close("over");
            });
            bot.closedWith();
            caller.expectNothing();
            assertTrue(caller.played.isEmpty());
        }
    }

    @Test
    void endsTheConnectionOfABotThatDoesNotAnswerTheClose() throws Exception {
        try (RawBot bot = new RawBot(key -> RawBot.upgraded(key, new byte[0]));
                Caller caller = new Caller(Caller.SOON).open(bot.url(), Dialect.TWILIO, false)) {
            caller.expect(AgentEvent.Opened.class);
            caller.on(link -> link.close("over"));
            assertConnectionEnds(bot.accepted.get(10, TimeUnit.SECONDS));
            caller.expectNothing();
        }
    }

    @Test
    void givesUpAConnectingSocketThatIsClosed() throws Exception {
        try (RawBot bot = new RawBot(key -> new byte[0]);
                Caller caller = new Caller(Caller.SHORT).open(bot.url(), Dialect.TWILIO, false)) {
            caller.on(link -> link.close("over"));
            assertConnectionEnds(bot.accepted.get(10, TimeUnit.SECONDS));
            caller.expectNothing();
        }
    }

    @Test
    void leavesNoSocketBehindAfterManyCalls() throws Exception {
        try (Bot bot = new Bot();
                Caller caller = new Caller(Caller.PATIENT)) {
            for (int call = 0; call < 50; call++) {
                caller.open(bot.url(), Dialect.TWILIO, false);
                caller.expect(AgentEvent.Opened.class);
                caller.sendFrames(5);
                caller.on(link -> link.close("done"));
            }
            assertEquals(50, caller.counters.snapshot().opened());
            assertEquals(0, caller.counters.snapshot().live());
            assertTrue(bot.allClose(), "sockets are left at the bot");
        }
    }

    private static void assertConnectionEnds(Socket socket) throws Exception {
        socket.setSoTimeout(10_000);
        try {
            byte[] sink = new byte[65536];
            int read = socket.getInputStream().read(sink);
            while (read >= 0) {
                read = socket.getInputStream().read(sink);
            }
        } catch (SocketTimeoutException stillOpen) {
            throw new AssertionError("the connection is still open", stillOpen);
        } catch (IOException reset) {
            assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset.toString());
        }
    }

    private static String audioOfBytes(int bytes) {
        String head = "{\"event\":\"media\",\"media\":{\"payload\":\"";
        String tail = "\"}}";
        int room = bytes - head.length() - tail.length();
        String payload = "A".repeat(room / 4 * 4);
        return head + payload + tail + " ".repeat(room % 4);
    }

    private static byte[] frame(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[utf8.length + 2];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) utf8.length;
        System.arraycopy(utf8, 0, frame, 2, utf8.length);
        return frame;
    }

    @Test
    void speaksTlsToABotItTrustsOnly() throws Exception {
        TestCertificate certificate = TestCertificate.create();
        try (Bot bot = new Bot(
                        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.key()), socket -> {});
                Caller trusting = new Caller(Caller.PATIENT, certificate.trusting());
                Caller stranger = new Caller(Caller.PATIENT)) {
            trusting.open(bot.url(), Dialect.TWILIO, false).expect(AgentEvent.Opened.class);
            assertEquals("start", bot.upTo("start").getLast().path("event").asText());
            stranger.open(bot.url(), Dialect.TWILIO, false);
            assertEquals("TLS", stranger.expectGone(Cause.REFUSED).detail());
        }
    }
}
