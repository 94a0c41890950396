package io.segue.api.contacts;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.segue.audit.Actor;
import io.segue.contact.Channel;
import io.segue.contact.Direction;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.contact.ContactArchive.Keeping;
import io.segue.flow.contact.ContactBook;
import io.segue.flow.record.ArchiveAway;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ContactsTest.Profile.class)
class ContactsTest {
    private static final String ADMIN = "aaaaaaaaaaaaaaaa-ada";
    private static final String SUPERVISOR = "vvvvvvvvvvvvvvvv-sue";
    private static final String HUMAN = "hhhhhhhhhhhhhhhh-ann";

    @Inject
    MemoryBook book;

    /** Contacts with nothing behind them. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "segue.api.keys",
                    "ann:human:" + HUMAN + ",sue:supervisor:" + SUPERVISOR + ",ada:admin:" + ADMIN,
                    "segue.signing-key",
                    "0123456789abcdef0123456789abcdef",
                    "segue.contacts.post-max",
                    "3",
                    "segue.api.body-bytes-max",
                    "40000",
                    "quarkus.redis.hosts",
                    "redis://127.0.0.1:1");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(MemoryBook.class);
        }
    }

    @Alternative
    @Singleton
    static class MemoryBook implements ContactBook {
        final List<Message> kept = new CopyOnWriteArrayList<>();
        final List<String> erased = new CopyOnWriteArrayList<>();
        volatile Set<Identity> identities = Set.of();
        volatile boolean away;

        @Override
        public CompletionStage<Keeping> keep(Set<Identity> of, List<Message> messages) {
            if (away) {
                return CompletableFuture.failedStage(new ArchiveAway("no PostgreSQL is configured"));
            }
            if (of.contains(new Identity("full"))) {
                return CompletableFuture.completedStage(new Keeping.TooManyIdentities(16));
            }
            identities = of;
            kept.addAll(messages);
            return CompletableFuture.completedStage(new Keeping.Kept(messages.size(), 0));
        }

        @Override
        public CompletionStage<Optional<Map<String, Object>>> find(Identity of, int atMost) {
            return CompletableFuture.completedStage(
                    of.value().equals("nobody")
                            ? Optional.empty()
                            : Optional.of(Map.of("id", of.value(), "identities", List.of(of.value()))));
        }

        @Override
        public CompletionStage<Erased> erase(Identity who, Actor by) {
            erased.add(by.name() + " " + by.role() + " " + who);
            return CompletableFuture.completedStage(new Erased(2, 1, 1, 0));
        }
    }

    @BeforeEach
    void forget() {
        book.kept.clear();
        book.erased.clear();
        book.away = false;
    }

    private static RequestSpecification as(String secret) {
        return given().header("Authorization", "Bearer " + secret)
                .contentType(ContentType.JSON)
                .urlEncodingEnabled(false);
    }

    @Test
    void takesOneMessageOrManyOrAList() {
        String one = "{\"channel\":\"sms\",\"text\":\"hi\",\"id\":\"s1\",\"at\":1790000000000}";
        as(SUPERVISOR)
                .body(one)
                .post("/api/v1/contacts/+1%20555%200123/messages")
                .then()
                .statusCode(201)
                .body("contact", equalTo("+15550123"))
                .body("added", equalTo(1));
        assertEquals(List.of(new Message("s1", Channel.SMS, Direction.IN, "hi", 1_790_000_000_000L)), book.kept);
        as(ADMIN)
                .body(
                        "{\"identities\":[\"Anna@Example.org\"],\"messages\":[" + one
                                + ",{\"channel\":\"whatsapp\",\"direction\":\"out\",\"text\":\"a\\nb\",\"at\":\"2026-11-23T15:00:00Z\"}]}")
                .post("/api/v1/contacts/%2B15550123/messages")
                .then()
                .statusCode(201);
        assertEquals(Set.of(new Identity("+15550123"), new Identity("anna@example.org")), book.identities);
        assertEquals(
                Instant.parse("2026-11-23T15:00:00Z").toEpochMilli(),
                book.kept.getLast().at());
        assertEquals(Direction.OUT, book.kept.getLast().direction());
        book.kept.clear();
        as(ADMIN)
                .body("[" + one + "]")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(201);
        assertEquals(1, book.kept.size());
    }

    @Test
    void takesAsManyAsTheLimitsAndNamesTheFieldPastThem() {
        String message = "{\"channel\":\"sms\",\"text\":\"hi\"}";
        as(ADMIN)
                .body(list(3, message))
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(201);
        as(ADMIN)
                .body(list(4, message))
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(400)
                .body("errors[0].message", equalTo("has to be 3 at most, not 4"));
        as(ADMIN)
                .body("{\"channel\":\"sms\",\"text\":\"" + "x".repeat(16_384) + "\"}")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(201);
        as(ADMIN)
                .body("{\"channel\":\"sms\",\"text\":\"" + "x".repeat(16_385) + "\"}")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("text"));
        as(ADMIN)
                .body("{\"channel\":\"sms\",\"text\":\"" + "x".repeat(50_000) + "\"}")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(413);
        as(ADMIN).body("[]").post("/api/v1/contacts/C-1/messages").then().statusCode(400);
        as(ADMIN).post("/api/v1/contacts/full/messages").then().statusCode(400);
        as(ADMIN).body(message).post("/api/v1/contacts/full/messages").then().statusCode(409);
    }

    private static String list(int count, String message) {
        return IntStream.range(0, count).mapToObj(i -> message).collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void saysEachThingThatIsWrongWithAMessage() {
        as(ADMIN)
                .body("[{\"channel\":\"pigeon\",\"text\":\"x\"},{\"channel\":\"sms\",\"text\":\"x\",\"at\":\"soon\"},"
                        + "{\"channel\":\"sms\",\"txt\":\"x\"}]")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("messages[0].channel"))
                .body("errors.field", hasItem("messages[1].at"))
                .body("errors.field", hasItem("messages[2].text"))
                .body("errors.field", hasItem("messages[2].txt"));
        as(ADMIN)
                .body("{\"channel\":\"sms\",\"text\":\"x\",\"identities\":[\"+12\"]}")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("identities"));
        assertTrue(book.kept.isEmpty());
    }

    @Test
    void anIdThatCouldEndALineIsRefusedAndShownEscaped() {
        for (String id : List.of("a%0d%0aX-Evil:%201", "a%0Ab", "a%E2%80%AEb", "x".repeat(129), "+12")) {
            String answer = as(ADMIN)
                    .body("{\"channel\":\"sms\",\"text\":\"x\"}")
                    .post("/api/v1/contacts/" + id + "/messages")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .header("X-Evil", equalTo(null))
                    .body("errors[0].field", equalTo("id"))
                    .extract()
                    .asString();
            assertTrue(answer.chars().noneMatch(Character::isISOControl), answer);
        }
        as(ADMIN)
                .get("/api/v1/contacts/a%0d%0ab")
                .then()
                .statusCode(400)
                .body("errors[0].message", containsString("not \"a\\u000d\\u000ab\""));
    }

    @Test
    void anIdThatIsAScriptIsTextAndShownEscaped() {
        String answer = as(ADMIN)
                .get("/api/v1/contacts/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("X-Content-Type-Options", "nosniff")
                .body("id", equalTo("<script>alert(1)</script>"))
                .extract()
                .asString();
        assertTrue(answer.contains("\\u003Cscript\\u003E"), answer);
        assertEquals(-1, answer.indexOf('<'), answer);
    }

    @Test
    void erasesForAnAdminInTheirName() {
        as(ADMIN)
                .delete("/api/v1/contacts/C-1")
                .then()
                .statusCode(200)
                .body("messages", equalTo(2))
                .body("calls", equalTo(1));
        as(ADMIN).delete("/api/v1/contacts/C-1").then().statusCode(200);
        as(SUPERVISOR).delete("/api/v1/contacts/C-1").then().statusCode(403);
        assertEquals(List.of("key:ada admin C-1", "key:ada admin C-1"), book.erased);
    }

    @Test
    void tellsAHumanNothing() {
        as(HUMAN).get("/api/v1/contacts/C-1").then().statusCode(403);
        as(HUMAN).body("{}").post("/api/v1/contacts/C-1/messages").then().statusCode(403);
        given().get("/api/v1/contacts/C-1").then().statusCode(401);
        as(SUPERVISOR)
                .get("/api/v1/contacts/nobody")
                .then()
                .statusCode(404)
                .body("detail", not(containsString("nobody,")));
    }

    @Test
    void saysThatThereIsNoArchive() {
        book.away = true;
        as(ADMIN)
                .body("{\"channel\":\"sms\",\"text\":\"x\"}")
                .post("/api/v1/contacts/C-1/messages")
                .then()
                .statusCode(503)
                .body("detail", equalTo("no PostgreSQL is configured"));
    }
}
