package io.segue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.segue.registry.Directory;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The registry as a file that lives in git. */
@QuarkusTest
@TestProfile(Outside.Profile.class)
class RegistryFileTest {
    private static final String PATH = "/api/v1/registry.yaml";
    private static final String FILE = """
            agents:
              refunds:
                owner: team-voice
                url: wss://bot.example/media
                numbers: ["+15550100", "+1555*"]
                policy: {threshold: 0.9, intents: {refund_dispute: 0.92}}
            queues:
              billing:
                overflow:
                  - sip: sip:acd@pbx.example
                  - agent: true
            humans:
              anna: {contact: "sip:anna@192.0.2.1", queues: [billing], role: reviewer}
            trunks:
              carrier: {addresses: [203.0.113.0/24]}
            """;

    @Inject
    Directory directory;

    @AfterEach
    void deleteEverything() {
        put("{agents: {}, queues: {}, humans: {}, trunks: {}}", "prune=true").statusCode(200);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + Outside.ADMIN);
    }

    private static ValidatableResponse put(String yaml, String query) {
        return put(yaml.getBytes(StandardCharsets.UTF_8), query);
    }

    private static ValidatableResponse put(byte[] yaml, String query) {
        return admin().config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/yaml", ContentType.BINARY)))
                .contentType("application/yaml")
                .body(yaml)
                .put(PATH + (query.isEmpty() ? "" : "?" + query))
                .then();
    }

    private static String get() {
        return admin().get(PATH)
                .then()
                .statusCode(200)
                .contentType("application/yaml")
                .extract()
                .asString();
    }

    @Test
    void whatWasExportedChangesNothingWhenItIsImported() {
        put(FILE, "")
                .statusCode(200)
                .body("created", equalTo(List.of("agents/refunds", "queues/billing", "humans/anna", "trunks/carrier")));
        String exported = get();
        put(exported, "prune=true")
                .statusCode(200)
                .body("created", empty())
                .body("changed", empty())
                .body("deleted", empty())
                .body("unchanged", hasSize(4));
        assertEquals(exported, get());
        assertEquals("refunds", directory.agentFor("+15559999").orElseThrow().id());
    }

    @Test
    void aSmallChangeIsASmallDifference() {
        put(FILE, "").statusCode(200);
        List<String> before = get().lines().toList();
        put(FILE.replace("0.9,", "0.8,"), "")
                .statusCode(200)
                .body("changed[0].document", equalTo("agents/refunds"))
                .body("changed[0].changes", hasSize(1))
                .body("changed[0].changes[0].field", equalTo("policy.threshold"));
        List<String> after = get().lines().toList();
        assertEquals(before.size(), after.size());
        assertEquals(
                1,
                IntStream.range(0, before.size())
                        .filter(i -> !before.get(i).equals(after.get(i)))
                        .count());
    }

    @Test
    void holdsNoSecretAndKeepsThoseThatAreThere() {
        admin().contentType(ContentType.JSON)
                .body(
                        "{\"owner\":\"t\",\"url\":\"wss://b.example/\",\"auth\":{\"type\":\"bearer\",\"secret\":\"the-bots-secret\"}}")
                .put("/api/v1/agents/kept")
                .then()
                .statusCode(201);
        String exported = get();
        assertFalse(exported.contains("the-bots-secret"), exported);
        put(exported.replace("owner: t", "owner: u"), "").statusCode(200).body("changed", hasSize(1));
        assertEquals("u", directory.agent("kept").orElseThrow().owner());
        assertEquals(
                "the-bots-secret", directory.agent("kept").orElseThrow().auth().secret());
    }

    @Test
    void aDryRunSaysWhatWouldBeAndDoesNothing() {
        put(FILE, "").statusCode(200);
        put("agents: {other: {owner: t, url: 'wss://b.example/'}}", "dryRun=true&prune=true")
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("created", equalTo(List.of("agents/other")))
                .body("deleted", equalTo(List.of("agents/refunds")));
        assertTrue(directory.agent("other").isEmpty());
        put("agents: {other: {owner: t, url: 'wss://b.example/'}}", "prune=true")
                .statusCode(200);
        assertTrue(directory.agent("refunds").isEmpty());
        assertTrue(directory.human("anna").isPresent(), "a kind that the file does not name stays");
    }

    @Test
    void takesAllOrNothingAndNamesEachDocumentAndField() {
        put("""
                agents:
                  good: {owner: t, url: "wss://b.example/"}
                  bad: {owner: t, url: "wss://b.example/", policy: {threshold: 1.7}}
                  numeric: {owner: t, url: "wss://b.example/", numbers: [15550100]}
                  a b: {owner: t, url: "wss://b.example/"}
                  text: hello
                queues: [q]
                agnets: {}
                """, "")
                .statusCode(400)
                .body(
                        "errors.find { it.field == 'agents/bad#policy.threshold' }.message",
                        equalTo("has to be 0 to 1, not 1.7"))
                .body(
                        "errors.find { it.field == 'agents/numeric#numbers[0]' }.message",
                        equalTo("has to be text, not 15550100"))
                .body("errors.find { it.field == 'agents/a b#id' }.message", containsString("1 to 64"))
                .body("errors.find { it.field == 'agents/text' }.message", equalTo("has to be an object"))
                .body("errors.find { it.field == 'queues' }.message", equalTo("has to be documents by id"))
                .body("errors.find { it.field == 'agnets' }.message", equalTo("is not known; did you mean agents?"));
        assertTrue(directory.agents().isEmpty());
    }

    @Test
    void refusesANumberOfTwoAgentsAndTakesOneThatMoves() {
        String two = """
                agents:
                  one: {owner: t, url: "wss://b.example/", numbers: ["+1"]}
                  two: {owner: t, url: "wss://b.example/", numbers: [%s]}
                """;
        put(two.formatted("\"+1\""), "")
                .statusCode(400)
                .body("errors[0].field", equalTo("agents/two#numbers"))
                .body("errors[0].message", equalTo("+1 is agent one's"));
        put(two.formatted(""), "").statusCode(200);
        put(two.formatted("\"+1\"").replaceFirst("\\[\"\\+1\"\\]", "[]"), "").statusCode(200);
        assertEquals("two", directory.agentFor("+1").orElseThrow().id());
    }

    @Test
    void readsScalarsAsJsonDoes() {
        put("humans: {no: {contact: 'sip:a@192.0.2.1', name: no, skills: [2026-11-23, 12:30, 0x10, yes, ~x, +1]}}", "")
                .statusCode(200);
        assertEquals("no", directory.human("no").orElseThrow().name());
        assertEquals(
                List.of("2026-11-23", "12:30", "0x10", "yes", "~x", "+1"),
                directory.human("no").orElseThrow().skills());
        put(get(), "").statusCode(200).body("unchanged", hasSize(1));
    }

    @Test
    void textWithLineBreaksAndScriptsGoesThereAndBack() {
        put("agents: {x: {owner: '<script>\"a: b # c</script>', url: 'wss://b.example/', name: '- x 🙂 @'}}", "")
                .statusCode(200);
        put(get(), "").statusCode(200).body("unchanged", hasSize(1));
        put("agents: {x: {owner: \"a\\r\\nb\", url: 'wss://b.example/'}}", "")
                .statusCode(400)
                .body("errors[0].field", equalTo("agents/x#owner"));
    }

    @Test
    void refusesABillionLaughsAndWhatElseIsNoPlainData() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol]\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("a").append(i).append(": &a").append(i).append(" [");
            laughs.append(("*a" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        put(laughs.toString(), "").statusCode(400).body("type", equalTo("urn:segue:problem:malformed"));
        for (String wrong : List.of(
                "agents: {",
                "[1]",
                "text",
                "a: 1\na: 2",
                "a: !!javax.script.ScriptEngineManager []",
                "--- {}\n--- {}",
                "&a {agents: *a, ? *a : 1}",
                "a: \u0000")) {
            put(wrong, "").statusCode(400).contentType("application/problem+json");
        }
        put(new byte[] {'a', ':', ' ', (byte) 0xFF}, "").statusCode(400).body("detail", containsString("UTF-8"));
        put("agents: &a {x: *a}", "").statusCode(400);
        put("agents:\n  x: {\n", "").statusCode(400).body("detail", containsString("line 3"));
    }

    @Test
    void takesAsManyAliasesAsTheLimitAndNotOneMore() {
        put(aliases(64), "dryRun=true").statusCode(200);
        put(aliases(65), "dryRun=true").statusCode(400);
    }

    private static String aliases(int count) {
        String policy = "{threshold: 0.5}";
        return "queues:\n  first: {overflow: &o [{agent: true}]}\n"
                + IntStream.range(0, 4)
                        .mapToObj(i -> "  q" + i + ": {overflow: *o}\n")
                        .collect(Collectors.joining())
                + "agents:\n  a: {owner: t, url: 'wss://b.example/', policy: &p " + policy + "}\n  b:\n"
                + "    owner: t\n    url: wss://b.example/\n    boundaries: [&b {action: x}"
                + ", *b".repeat(count - 4) + "]\n";
    }

    @Test
    void nestsAsDeepAsTheLimitAndNotOneDeeper() {
        put("x: " + "[".repeat(31) + "]".repeat(31), "")
                .statusCode(400)
                .body("type", equalTo("urn:segue:problem:invalid"));
        put("x: " + "[".repeat(32) + "]".repeat(32), "")
                .statusCode(400)
                .body("type", equalTo("urn:segue:problem:malformed"));
    }

    @Test
    void takesAFileAsLargeAsTheLimitAndNotOneByteMore() {
        String open = "queues: {}\n#";
        put(open + " ".repeat((4 << 20) - open.length()), "").statusCode(200);
        put(open + " ".repeat((4 << 20) + 1 - open.length()), "").statusCode(413);
    }

    @Test
    void takesAsManyDocumentsAsTheLimitAndNotOneMore() {
        put(queues(5), "").statusCode(200);
        put(queues(6), "").statusCode(400).body("errors[0].field", equalTo("queues"));
    }

    private static String queues(int count) {
        return "queues:\n"
                + IntStream.range(0, count).mapToObj(i -> "  q" + i + ": {}\n").collect(Collectors.joining());
    }

    @Test
    void isForAdminsAndMayBeReadBySupervisors() {
        given().header("Authorization", "Bearer " + Outside.SUPERVISOR)
                .get(PATH)
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + Outside.REVIEWER)
                .get(PATH)
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + Outside.SUPERVISOR)
                .contentType("application/yaml")
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .put(PATH)
                .then()
                .statusCode(403);
    }
}
