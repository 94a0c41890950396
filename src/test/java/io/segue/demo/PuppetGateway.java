package io.segue.demo;

import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Something that looks like a gateway to the kit and carries nothing: the kit is held against it, with faults that are known beforehand. */
final class PuppetGateway implements AutoCloseable {
    static final String CALL = "00112233445566778899aabbccddeeff";

    /** What it does wrong, if anything. */
    enum Fault {
        NONE,
        SILENT_WHILE_IT_RINGS,
        REINVITES_THE_CALLER
    }

    private final Vertx vertx = Vertx.vertx();
    private final PhoneBank bank = PhoneBank.open("puppet", "127.0.0.1");
    private final Map<String, JsonObject> documents = new ConcurrentHashMap<>();
    private final HttpServer rest;
    private final Fault fault;

    PuppetGateway(Fault fault) {
        this.fault = fault;
        rest = vertx.createHttpServer()
                .requestHandler(this::rest)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    Gateway seen() {
        return new Gateway(
                new InetSocketAddress("127.0.0.1", bank.sip().getPort()),
                URI.create("http://127.0.0.1:" + rest.actualPort() + "/api/v1"),
                "Bearer puppet");
    }

    int documents() {
        return (int) documents.keySet().stream()
                .filter(path -> !path.contains("presence") && !path.contains("trunks"))
                .count();
    }

    private void rest(HttpServerRequest request) {
        String path = request.path().substring("/api/v1".length());
        if (!"Bearer puppet".equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(401).end();
            return;
        }
        request.bodyHandler(body -> {
            switch (request.method().name()) {
                case "PUT" -> {
                    documents.put(path, new JsonObject(body));
                    if (path.startsWith("/agents/")) {
                        agent(new JsonObject(body));
                    }
                    request.response().setStatusCode(204).end();
                }
                case "DELETE" -> {
                    documents.remove(path);
                    request.response().setStatusCode(204).end();
                }
                default ->
                    request.response()
                            .end(new JsonObject()
                                    .put("handoffs", new JsonArray())
                                    .encode());
            }
        });
    }

    private void agent(JsonObject agent) {
        bank.phone(
                        agent.getJsonArray("numbers").getString(0),
                        new AnswerPlan.Answer(100),
                        PhoneSettings.saying(Voice.agentTone(), 0))
                .onCall(leg -> leg.answered().thenAccept(status -> carry(leg, agent.getString("url"))));
    }

    private void carry(Leg caller, String url) {
        vertx.createWebSocketClient()
                .connect(new WebSocketConnectOptions().setAbsoluteURI(url))
                .onSuccess(socket -> {
                    socket.textMessageHandler(text -> {
                        JsonObject frame = new JsonObject(text);
                        if (frame.getString("event").equals("turn")) {
                            handOff(caller);
                        }
                    });
                    start(socket, caller);
                });
    }

    private static void start(WebSocket socket, Leg caller) {
        String from = caller.inviteHeader("from");
        JsonObject parameters = new JsonObject().put("from_number", from.substring(5, from.indexOf('@')));
        socket.writeTextMessage(new JsonObject()
                .put("event", "start")
                .put("streamSid", "MZ1")
                .put("start", new JsonObject().put("callSid", "CA" + CALL).put("customParameters", parameters))
                .encode());
    }

    private void handOff(Leg caller) {
        String contact = documents.entrySet().stream()
                .filter(e -> e.getKey().matches("/humans/[^/]+"))
                .map(e -> e.getValue().getString("contact"))
                .findFirst()
                .orElseThrow();
        String user = contact.substring(4, contact.indexOf('@'));
        int port = Integer.parseInt(contact.substring(contact.lastIndexOf(':') + 1));
        if (fault == Fault.SILENT_WHILE_IT_RINGS) {
            caller.say(Voice.silent());
        }
        if (fault == Fault.REINVITES_THE_CALLER) {
            caller.renegotiate("sendrecv");
        }
        vertx.executeBlocking(() -> {
            Leg human = bank.call(
                    "gateway",
                    user,
                    new InetSocketAddress("127.0.0.1", port),
                    PhoneSettings.saying(Voice.callerTone(), 0).with(Map.of("X-Segue-Call", CALL)));
            human.answered().thenRun(() -> caller.say(Voice.humanTone()));
            caller.ended().thenRun(human::hangUp);
            return human;
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        bank.close();
    }
}
