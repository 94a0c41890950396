package io.segue.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.agent.Dialect;
import io.segue.policy.EscalationPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentFormTest {
    private final AgentForm form = new AgentForm(Limits.defaults());

    private static Map<String, Object> least() {
        return new LinkedHashMap<>(Map.of("owner", "team", "url", "wss://bot.example/s"));
    }

    private static Map<String, Object> with(String field, Object value) {
        Map<String, Object> body = least();
        body.put(field, value);
        return body;
    }

    private static Map<String, Object> withPolicy(String field, Object value) {
        Map<String, Object> policy = new HashMap<>();
        policy.put(field, value);
        return with("policy", policy);
    }

    private Agent ok(Map<String, ?> body) {
        return switch (form.read("a", body, null)) {
            case Read.Ok<Agent>(Agent agent) -> agent;
            case Read.Invalid<Agent>(List<FieldError> errors) -> throw new AssertionError(errors.toString());
        };
    }

    private List<String> errors(Map<String, ?> body) {
        return switch (form.read("a", body, null)) {
            case Read.Ok<Agent> ok -> List.of();
            case Read.Invalid<Agent>(List<FieldError> errors) ->
                errors.stream().map(FieldError::toString).toList();
        };
    }

    @Test
    void givesAnAgentOfOwnerAndUrlTheDefaults() {
        Agent agent = ok(least());
        assertEquals("a", agent.name());
        assertEquals(Dialect.TWILIO, agent.dialect());
        assertEquals(Agent.Mode.HOTL, agent.mode());
        assertEquals("tone", agent.filler());
        assertEquals(Agent.AfterHandoff.STOP, agent.afterHandoff());
        assertEquals(EscalationPolicy.defaults(), agent.policy());
        assertNull(agent.queue());
        assertFalse(agent.events());
    }

    /** A file in git must not differ from one gateway to the next: a map of no order is written as the JVM's salt has it. */
    @Test
    void showsFieldsInOneOrder() {
        assertOrdered("agent", form.show(ok(least())));
    }

    private static void assertOrdered(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            assertTrue(map.size() < 2 || map instanceof SequencedMap, path + " has no order: " + map.getClass());
            map.forEach((key, each) -> assertOrdered(path + "." + key, each));
        }
        if (value instanceof List<?> list) {
            list.forEach(each -> assertOrdered(path + "[]", each));
        }
    }

    @Test
    void readsEveryFieldOfTheDesign() {
        Map<String, Object> body = Map.ofEntries(
                Map.entry("name", "Billing"),
                Map.entry("owner", "team"),
                Map.entry("url", "wss://bot.example/s?x=1"),
                Map.entry("dialect", "plivo"),
                Map.entry("numbers", List.of("+15550100", "+1555*", "*")),
                Map.entry("mode", "hitl"),
                Map.entry("queue", "billing"),
                Map.entry("auth", Map.of("type", "twilio", "secret", "token")),
                Map.entry("filler", "file:moh"),
                Map.entry("afterHandoff", "listen"),
                Map.entry("events", true),
                Map.entry(
                        "policy",
                        Map.ofEntries(
                                Map.entry("threshold", 0.9),
                                Map.entry("intents", Map.of("refund_dispute", 0.92)),
                                Map.entry("prewarmMargin", 0),
                                Map.entry("sentimentFloor", -0.25),
                                Map.entry("phrases", List.of("representative")),
                                Map.entry("dtmf", "0"),
                                Map.entry("callerSilenceSeconds", 10),
                                Map.entry("agentSilenceSeconds", 7),
                                Map.entry("cut", "end-of-utterance"))),
                Map.entry(
                        "boundaries",
                        List.of(
                                Map.of("action", "payment.authorize", "above", 500, "currency", "USD"),
                                Map.of("action", "clinical.*"))));
        Agent agent = ok(body);
        assertEquals(0.92, agent.policy().thresholdOf("refund_dispute"));
        assertEquals(EscalationPolicy.Cut.END_OF_UTTERANCE, agent.policy().cut());
        assertEquals(
                new Agent.Boundary("payment.authorize", 500.0, "USD"),
                agent.boundaries().get(0));
        assertEquals("token", agent.auth().secret());
        assertEquals(new Read.Ok<>(agent), form.load("a", form.store(agent)));
        assertFalse(form.show(agent).toString().contains("token"));
        assertEquals(new Read.Ok<>(agent), form.read("a", form.show(agent), agent));
    }

    @Test
    void namesWhatIsMissing() {
        assertEquals(List.of("owner: is missing", "url: is missing"), errors(Map.of()));
        assertEquals(List.of("owner: has to be more than blanks"), errors(with("owner", " ")));
        assertEquals(List.of("owner: has to be text, not 7"), errors(with("owner", 7)));
    }

    @Test
    void takesPolicyNumbersAtTheirEdgesAndNotBeyond() {
        ok(withPolicy("threshold", 0));
        ok(withPolicy("threshold", 1));
        assertEquals(List.of("policy.threshold: has to be 0 to 1, not 1.7"), errors(withPolicy("threshold", 1.7)));
        assertEquals(List.of("policy.threshold: has to be 0 to 1, not -0.01"), errors(withPolicy("threshold", -0.01)));
        assertEquals(
                List.of("policy.threshold: has to be 0 to 1, not NaN"), errors(withPolicy("threshold", Double.NaN)));
        assertEquals(
                List.of("policy.intents.refund: has to be 0 to 1, not 2"),
                errors(withPolicy("intents", Map.of("refund", 2))));
        ok(withPolicy("cutMaxMs", 60_000));
        assertEquals(1, errors(withPolicy("cutMaxMs", 60_001)).size());
        assertEquals(1, errors(withPolicy("prewarmTurns", 0)).size());
        assertEquals(1, errors(withPolicy("prewarmTurns", 1.5)).size());
        assertEquals(1, errors(withPolicy("dtmf", "#x")).size());
        assertEquals(
                List.of("policy.cut: has to be one of now, end-of-utterance, not \"later\""),
                errors(withPolicy("cut", "later")));
    }

    @Test
    void takesAFloorOfMinusOneOrNullAsNone() {
        assertNull(ok(withPolicy("sentimentFloor", null)).policy().sentimentFloor());
        assertNull(ok(withPolicy("sentimentFloor", -1)).policy().sentimentFloor());
        assertEquals(-0.99, ok(withPolicy("sentimentFloor", -0.99)).policy().sentimentFloor());
        assertEquals(1, errors(withPolicy("sentimentFloor", -1.01)).size());
        Agent agent = ok(withPolicy("sentimentFloor", null));
        assertEquals(new Read.Ok<>(agent), form.load("a", form.store(agent)));
    }

    @Test
    void takesInsecureUrlsToThisMachineOrWhenAllowed() {
        for (String url : List.of("ws://localhost:9/", "ws://127.0.0.1", "ws://127.9.9.9/x", "ws://[::1]:80/")) {
            ok(with("url", url));
        }
        Map<String, Object> allowed = with("url", "ws://bot.example/");
        allowed.put("allowInsecure", true);
        ok(allowed);
        for (String url : List.of(
                "ws://bot.example/",
                "ws://127.0.0.1.example/",
                "ws://10.0.0.1/",
                "http://bot.example/",
                "wss:bot",
                "wss://",
                "bot.example",
                "wss://user:pass@bot.example/",
                "wss://bot.example/#f",
                "wss://bot.example:70000/",
                "wss://bot example/")) {
            assertEquals(1, errors(with("url", url)).size(), url);
        }
    }

    @Test
    void namesTheNearestKnownFieldOfAnUnknownOne() {
        assertEquals(List.of("dialec: is not known; did you mean dialect?"), errors(with("dialec", "twilio")));
        assertEquals(
                List.of("after_handoff: is not known; did you mean afterHandoff?"),
                errors(with("after_handoff", "stop")));
        assertTrue(errors(with("zzzzzz", 1)).get(0).startsWith("zzzzzz: is not known; known are"));
        assertEquals(
                List.of("auth.secrets: is not known; did you mean secret?"),
                errors(with("auth", Map.of("type", "none", "secrets", "x"))));
        assertEquals(
                List.of("boundaries[0].abov: is not known; did you mean above?"),
                errors(with("boundaries", List.of(Map.of("action", "x", "abov", 1)))));
    }

    @Test
    void keepsTheSecretThatIsLeftOutAsLongAsTheTypeIsTheSame() {
        Agent before = ok(with("auth", Map.of("type", "bearer", "secret", "s")));
        Read<Agent> same = form.read("a", with("auth", Map.of("type", "bearer")), before);
        assertEquals(
                "s",
                assertInstanceOf(Read.Ok.class, same).value() instanceof Agent agent
                        ? agent.auth().secret()
                        : "");
        assertInstanceOf(Read.Invalid.class, form.read("a", with("auth", Map.of("type", "twilio")), before));
        assertInstanceOf(Read.Invalid.class, form.read("a", with("auth", Map.of("type", "bearer")), null));
        assertEquals(
                List.of("auth.secret: is of no use without a type of bearer, twilio or plivo"),
                errors(with("auth", Map.of("secret", "s"))));
    }

    @Test
    void neverShowsASecretInAnError() {
        assertFalse(errors(with("auth", Map.of("type", "bearer", "secret", 31415926)))
                .toString()
                .contains("31415926"));
        assertFalse(errors(with("auth", Map.of("type", "bearer", "secret", "31415926".repeat(100))))
                .toString()
                .contains("3141"));
        assertFalse(errors(with("auth", Map.of("type", "bearer", "secret", "31415926\r\nX: y")))
                .toString()
                .contains("3141"));
    }

    @Test
    void takesListsAndTextsAtTheirLimitsAndNotOneMore() {
        ok(with("numbers", numbers(256)));
        assertEquals(List.of("numbers: has to be 256 at most, not 257"), errors(with("numbers", numbers(257))));
        ok(with("name", "x".repeat(128)));
        assertEquals(List.of("name: has to be 128 characters at most, not 129"), errors(with("name", "x".repeat(129))));
        ok(withPolicy("phrases", numbers(256)));
        assertEquals(1, errors(withPolicy("phrases", numbers(257))).size());
        Map<String, Object> intents = new HashMap<>();
        IntStream.range(0, 256).forEach(i -> intents.put("i" + i, 0.5));
        ok(withPolicy("intents", intents));
        intents.put("one more", 0.5);
        assertEquals(1, errors(withPolicy("intents", intents)).size());
        List<Object> boundaries = new ArrayList<>(java.util.Collections.nCopies(128, Map.of("action", "x")));
        ok(with("boundaries", boundaries));
        boundaries.add(Map.of("action", "x"));
        assertEquals(1, errors(with("boundaries", boundaries)).size());
        String url = "wss://bot.example/";
        ok(with("url", url + "x".repeat(1024 - url.length())));
        assertEquals(
                1,
                errors(with("url", url + "x".repeat(1025 - url.length()))).stream()
                        .filter(e -> e.contains("1024"))
                        .count());
    }

    @Test
    void refusesNumbersThatCouldNeverBeCalled() {
        for (String number : List.of("1*2", "**", "a b", "a@b", " ")) {
            assertEquals(1, errors(with("numbers", List.of(number))).size(), number);
        }
        assertEquals(1, errors(with("numbers", List.of("1", "1"))).size());
        assertEquals(1, errors(with("numbers", "1")).size());
        assertEquals(1, errors(with("numbers", List.of(1))).size());
    }

    @Test
    void ignoresWhatItDoesNotKnowInAStoredDocument() {
        Map<String, Object> stored = new LinkedHashMap<>(form.store(ok(least())));
        stored.put("fromALaterVersion", 1);
        assertInstanceOf(Read.Ok.class, form.load("a", stored));
    }

    @Test
    void survivesTreesOfAnyShape() {
        List<Object> odd =
                new ArrayList<>(List.of(1, "x", true, List.of(), Map.of(), List.of(Map.of("a", List.of())), 1e300));
        odd.add(null);
        for (String field : form.show(ok(least())).keySet()) {
            for (Object value : odd) {
                form.read("a", with(field, value), null);
                form.load("a", with(field, value));
                form.read("a", withPolicy(field, value), null);
            }
        }
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "+1555" + i).toList();
    }
}
