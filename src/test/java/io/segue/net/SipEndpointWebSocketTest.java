package io.segue.net;

import static io.segue.net.Text.firstLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.net.ws.Origins;
import io.segue.net.ws.SipUpgrade;
import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.SentBy;
import io.segue.sip.transaction.Transport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.ext.web.Router;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint behind a real HTTP server, and browsers' WebSockets to it. */
@Timeout(60)
class SipEndpointWebSocketTest {
    private static final int MAX = 65_535;
    private static final WebSocketConfig CONFIG =
            new WebSocketConfig(new SentBy("segue.example", 443), 3, 2, 20_000, 60_000, 30_000);

    private static final String HANDSHAKE =
            "GET /sip HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Set<ConnectionId> registered = ConcurrentHashMap.newKeySet();
    private SipEndpoint endpoint;
    private Recorder user;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        start(CONFIG);
    }

    private void start(WebSocketConfig config) throws Exception {
        AtomicReference<Recorder> recorder = new AtomicReference<>();
        Admission.Rules rules = new Admission.Rules() {
            @Override
            public Standing of(InetSocketAddress source) {
                return Standing.TRUNK;
            }

            @Override
            public boolean isRegistered(ConnectionId webSocket) {
                return registered.contains(webSocket);
            }
        };
        endpoint = SipEndpoint.start(SipConfig.of("127.0.0.1", 0).with(config), rules, signalling -> {
            recorder.set(new Recorder(signalling));
            return recorder.get();
        });
        user = recorder.get();
        HttpServerOptions options = new HttpServerOptions();
        SipUpgrade.prepare(options, endpoint.webSockets().messageBytesMax());
        Router router = Router.router(vertx);
        router.get("/sip").handler(new SipUpgrade(endpoint.webSockets(), new Origins(List.of("https://desk.example"))));
        server = vertx.createHttpServer(options)
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        endpoint.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void restart(WebSocketConfig config) throws Exception {
        endpoint.close();
        server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        start(config);
    }

    private WebPhone open() throws Exception {
        return WebPhone.open(vertx, server.actualPort());
    }

    /** Registers, and gives the way back. */
    private Arrival register(WebPhone phone) throws Exception {
        phone.send(phone.request("REGISTER", "reg" + registered.size()));
        Recorder.Told told = user.expect("REGISTER");
        assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
        registered.add(told.arrival().connection());
        return told.arrival();
    }

    private int refusal(String origin, String... subProtocols) {
        ExecutionException refused = assertThrows(
                ExecutionException.class,
                () -> WebPhone.open(vertx, WebPhone.to(server.actualPort(), origin, subProtocols)));
        return assertInstanceOf(UpgradeRejectedException.class, refused.getCause())
                .getStatus();
    }

    private long dropped(Drop why) {
        return endpoint.counters().dropped(why);
    }

    private static SipRequest invite() {
        return new SipRequest(
                "INVITE",
                Uri.parse("sip:abc@df7jal23ls0d.invalid;transport=ws").orElseThrow(),
                Headers.of(
                        "Max-Forwards",
                        "70",
                        "From",
                        "<sip:us@127.0.0.1>;tag=us",
                        "To",
                        "<sip:anna@segue.example>",
                        "Call-ID",
                        "out",
                        "CSeq",
                        "1 INVITE",
                        "Contact",
                        "<sip:segue@segue.example>"));
    }

    @Test
    void echoesTheSubProtocolToAPageOfItsOwnHostAndToThoseNamed() throws Exception {
        for (String origin : new String[] {"http://127.0.0.1:" + server.actualPort(), "https://desk.example", null}) {
            try (WebPhone phone = WebPhone.open(vertx, WebPhone.to(server.actualPort(), origin, "chat", "sip"))) {
                assertEquals("sip", phone.socket.subProtocol());
            }
            Gateway.await("closed", () -> endpoint.webSocketsUp() == 0);
        }
    }

    @Test
    void refusesAPageOfAnotherOriginBeforeTheUpgrade() {
        assertEquals(403, refusal("https://evil.example", "sip"));
        assertEquals(403, refusal("null", "sip"));
        assertEquals(2, dropped(Drop.ORIGIN));
        assertEquals(0, endpoint.webSocketsUp());
    }

    @Test
    void refusesASocketThatDoesNotOfferSip() {
        assertEquals(400, refusal(null));
        assertEquals(400, refusal(null, "chat"));
        assertEquals(2, dropped(Drop.SUBPROTOCOL));
    }

    @Test
    void takesSocketsUpToTheLimitOfAnAddressAndRefusesOneMore() throws Exception {
        try (WebPhone first = open();
                WebPhone second = open()) {
            assertEquals(503, refusal(null, "sip"));
            assertEquals(1, dropped(Drop.WEBSOCKETS_MAX));
            second.close();
            Gateway.await("room again", () -> endpoint.webSocketsUp() == 1);
            open().close();
            first.send("\r\n\r\n");
            assertEquals("\r\n", first.receive());
        }
    }

    @Test
    void answersDownTheSocketAndLeavesTheViaHostAsItIs() throws Exception {
        try (WebPhone phone = open()) {
            phone.send(phone.request("REGISTER", "a"));
            String answer = phone.receive();
            assertEquals("SIP/2.0 200 OK", firstLine(answer));
            assertTrue(answer.contains("Via: SIP/2.0/WS " + WebPhone.SENT_BY + ";branch=z9hG4bKa"), answer);
            Recorder.Told told = user.expect("REGISTER");
            assertEquals(Transport.WS, told.arrival().transport());
        }
    }

    @Test
    void takesMessagesInPiecesAndAsBinaryAndWithoutContentLength() throws Exception {
        try (WebPhone phone = open()) {
            register(phone);
            phone.sendInPieces(phone.request("OPTIONS", "pieces"), 7);
            assertTrue(phone.receive().contains("call-pieces"));
            phone.sendBinary(phone.request("OPTIONS", "binary"));
            assertTrue(phone.receive().contains("call-binary"));
            phone.send(phone.request("OPTIONS", "bare").replace("Content-Length: 0\r\n", ""));
            assertTrue(phone.receive().contains("call-bare"));
        }
    }

    @Test
    void takesAMessageAtTheLimitAndAnswers513PastItAndCloses() throws Exception {
        try (WebPhone phone = open()) {
            register(phone);
            phone.send(sized(phone, "xx", MAX));
            assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
            phone.send(sized(phone, "yy", MAX + 1));
            assertEquals("SIP/2.0 513 Message Too Large", firstLine(phone.receive()));
            assertEquals(1009, phone.closed());
            assertEquals(1, dropped(Drop.TOO_LONG));
        }
    }

    private static String sized(WebPhone phone, String branch, int octets) {
        String bare = phone.request("INFO", branch).replace("Content-Length: 0\r\n\r\n", "");
        int body = octets - bare.length() - "Content-Length: 00000\r\n\r\n".length();
        return bare + "Content-Length: " + body + "\r\n\r\n" + "x".repeat(body);
    }

    @Test
    void aMessageOfTwoMegabytesIsRefusedCountedAndHarmsNobodyElse() throws Exception {
        try (WebPhone other = open();
                WebPhone phone = open()) {
            register(other);
            register(phone);
            phone.send(sized(phone, "huge", 2_000_000));
            // As one frame it is cut off while it comes: the status may be lost with what is still on its way.
            assertTrue(Set.of(1006, 1009).contains(phone.closed()));
            Gateway.await("counted", () -> dropped(Drop.TOO_LONG) == 1);
            other.send(other.request("OPTIONS", "after"));
            assertTrue(other.receive().contains("call-after"));
            user.expect("connection lost");
            user.expect("OPTIONS");
        }
        user.expect("connection lost");
        try (WebPhone again = open()) {
            register(again);
            again.sendInPieces(sized(again, "huge", 2_000_000), 100);
            assertEquals("SIP/2.0 513 Message Too Large", firstLine(again.receive()));
            assertEquals(1009, again.closed());
        }
    }

    @Test
    void answersAKeepAliveAndSwallowsGarbage() throws Exception {
        try (WebPhone phone = open()) {
            register(phone);
            phone.send("\r\n\r\n");
            assertEquals("\r\n", phone.receive());
            phone.send("\r\n");
            phone.send("");
            phone.send("hello");
            phone.sendBinary("\0\1\2");
            Gateway.await("garbage counted", () -> dropped(Drop.UNREADABLE) == 2);
            phone.send(phone.request("OPTIONS", "after"));
            assertTrue(phone.receive().contains("call-after"));
        }
    }

    @Test
    void closesTheSocketOfAStrangerWhoSaysAnythingButRegister() throws Exception {
        try (WebPhone phone = open()) {
            phone.send(phone.request("INVITE", "stranger"));
            assertEquals(1008, phone.closed());
        }
        assertEquals(1, dropped(Drop.STRANGER));
        user.expect("connection lost");
        assertTrue(user.quiet(), "a trunk's address makes no trunk of a WebSocket");
    }

    @Test
    void anInviteGoesDownTheSocketItIsForAndNoOther() throws Exception {
        try (WebPhone anna = open();
                WebPhone ben = open()) {
            Destination way = register(anna).back();
            register(ben);
            endpoint.request(invite(), Destination.webSocket(Transport.WS, way.connection(), way.address()));
            String invite = anna.receive();
            assertEquals("INVITE sip:abc@df7jal23ls0d.invalid;transport=ws SIP/2.0", firstLine(invite));
            assertTrue(invite.contains("Via: SIP/2.0/WS segue.example:443;"), invite);
            anna.send(Text.answer(invite, 486));
            user.expect("486");
            assertTrue(anna.receive().startsWith("ACK "));
            assertTrue(ben.quiet());
        }
    }

    @Test
    void aPageThatGoesWhileItRingsEndsTheRingAtOnce() throws Exception {
        WebPhone phone = open();
        Destination way = register(phone).back();
        endpoint.request(invite(), way);
        phone.send(Text.answer(phone.receive(), 180));
        user.expect("180");
        phone.close();
        user.expect("transport error");
        user.expect("connection lost");
        endpoint.request(invite(), way);
        user.expect("transport error");
        Gateway.await("its place is free", () -> endpoint.webSocketsUp() == 0);
    }

    @Test
    void closesASocketDownWhichNobodyRegisters() throws Exception {
        restart(new WebSocketConfig(CONFIG.reachedAt(), 3, 2, 20_000, 60_000, 1_500));
        try (WebPhone nobody = open();
                WebPhone somebody = open()) {
            register(somebody);
            assertEquals(1008, nobody.closed());
            assertEquals(1, dropped(Drop.UNREGISTERED));
            somebody.send("\r\n\r\n");
            assertEquals("\r\n", somebody.receive());
        }
    }

    @Test
    void aPeerThatAnswersPingsStaysAndOneThatDoesNotIsGone() throws Exception {
        restart(new WebSocketConfig(CONFIG.reachedAt(), 3, 2, 300, 2_500, 30_000));
        try (WebPhone alive = open();
                Socket mute = new Socket("127.0.0.1", server.actualPort())) {
            register(alive);
            mute.getOutputStream().write(HANDSHAKE.getBytes(StandardCharsets.US_ASCII));
            Gateway.await("both are up", () -> endpoint.webSocketsUp() == 2);
            user.expect("connection lost");
            alive.send("\r\n\r\n");
            assertEquals("\r\n", alive.receive());
            assertFalse(alive.socket.isClosed());
        }
    }
}
