package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Outside.Profile.class)
class EventsTest {
    @TestHTTPResource("/")
    URI root;

    @Inject
    MemoryEvents log;

    @Inject
    EventStreams streams;

    private final List<Reader> readers = new ArrayList<>();

    @AfterEach
    void closeEverything() throws IOException {
        for (Reader reader : readers) {
            reader.socket.close();
        }
        await(() -> streams.open() == 0 && log.listeners.isEmpty());
    }

    @Test
    void sendsWhatHappensWithItsIdTypeAndOneObject() throws Exception {
        Reader reader = open(Outside.SUPERVISOR, null);
        log.publish("turn", Map.of("callId", "c1", "text", "line\nbreak"));
        Event event = reader.next();
        assertTrue(event.id.matches("[0-9]+-0"));
        assertEquals("turn", event.type);
        assertTrue(event.data.contains("\"text\":\"line\\nbreak\""), event.data);
    }

    @Test
    void goesOnAfterTheLastIdAReaderHasHad() throws Exception {
        Reader first = open(Outside.SUPERVISOR, null);
        log.publish("call", Map.of("n", 1));
        String last = first.next().id;
        first.socket.close();
        log.publish("call", Map.of("n", 2));
        log.publish("call", Map.of("n", 3));
        Reader second = open(Outside.SUPERVISOR, last);
        assertEquals("{\"n\":2}", second.next().data);
        assertEquals("{\"n\":3}", second.next().data);
    }

    @Test
    void tellsAReaderWhoseLastIdIsTooOldToReadAnew() throws Exception {
        for (int i = 0; i < 150; i++) {
            log.publish("call", Map.of("n", i));
        }
        Reader reader = open(Outside.SUPERVISOR, "1-0");
        assertEquals("reset", reader.next().type);
    }

    @Test
    void sendsAHumanTheirOwnEventsOnly() throws Exception {
        Reader reader = open(Outside.HUMAN, null);
        log.publish("handoff", Map.of("human", "bob"));
        log.publish("call", Map.of("n", 1));
        log.publish("handoff", Map.of("human", "ann"));
        assertEquals("{\"human\":\"ann\"}", reader.next().data);
    }

    @Test
    void sendsTheAuditTrailsFeedToThoseOnlyWhoMayReadTheTrail() throws Exception {
        Reader reviewer = open(Outside.REVIEWER, null);
        Reader supervisor = open(Outside.SUPERVISOR, null);
        log.publish("audit", Map.of("kind", "session.opened"));
        log.publish("call", Map.of("n", 1));
        assertEquals("call", reviewer.next().type);
        assertEquals("audit", supervisor.next().type);
    }

    @Test
    void opensAsManyStreamsAsTheLimitAndAnswers503ToOneMore() throws Exception {
        for (int i = 0; i < 3; i++) {
            open(Outside.SUPERVISOR, null);
        }
        given().header("Authorization", "Bearer " + Outside.ADMIN)
                .get("/api/v1/events")
                .then()
                .statusCode(503)
                .contentType("application/problem+json");
        readers.get(0).socket.close();
        await(() -> streams.open() == 2);
        open(Outside.SUPERVISOR, null);
    }

    @Test
    void refusesALastIdThatIsNone() {
        given().header("Authorization", "Bearer " + Outside.ADMIN)
                .header("Last-Event-ID", "yesterday")
                .get("/api/v1/events")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void letsASlowReaderGoAndDisturbsNobodyElse() throws Exception {
        Reader slow = open(Outside.SUPERVISOR, null);
        Reader quick = open(Outside.SUPERVISOR, null);
        String text = "x".repeat(100_000);
        for (int i = 0; i < 300; i++) {
            log.publish("turn", Map.of("text", text));
            quick.next();
        }
        await(() -> log.listeners.size() == 1);
        assertFalse(slow.socket.isClosed());
    }

    private record Event(String id, String type, String data) {}

    private final class Reader {
        final Socket socket;
        final BufferedReader in;

        Reader(String secret, String lastEventId) throws IOException {
            socket = new Socket(root.getHost(), root.getPort());
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + secret + "\r\n"
                                    + (lastEventId == null ? "" : "Last-Event-ID: " + lastEventId + "\r\n") + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("HTTP/1.1 200 OK", in.readLine());
        }

        /** The next event; comments and the chunks' lengths are skipped. */
        Event next() throws IOException {
            String id = "";
            String type = "";
            String data = "";
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).strip();
                } else if (line.isEmpty() && !type.isEmpty()) {
                    return new Event(id, type, data);
                }
            }
            throw new IOException("the stream has ended");
        }
    }

    private Reader open(String secret, String lastEventId) throws Exception {
        int before = log.listeners.size();
        Reader reader = new Reader(secret, lastEventId);
        readers.add(reader);
        await(() -> log.listeners.size() > before || lastEventId != null);
        return reader;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "in vain");
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}
