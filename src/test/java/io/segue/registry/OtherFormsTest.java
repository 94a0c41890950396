package io.segue.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.human.Human;
import io.segue.human.Queue;
import io.segue.trunk.Trunk;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtherFormsTest {
    private final Forms forms = new Forms("segue", Limits.defaults());

    private static <T> T ok(Read<T> read) {
        return switch (read) {
            case Read.Ok<T>(T value) -> value;
            case Read.Invalid<T>(List<FieldError> errors) -> throw new AssertionError(errors.toString());
        };
    }

    private static <T> List<String> errors(Read<T> read) {
        return switch (read) {
            case Read.Ok<T> ok -> List.of();
            case Read.Invalid<T>(List<FieldError> errors) ->
                errors.stream().map(FieldError::toString).toList();
        };
    }

    private Read<Queue> queue(Map<String, ?> body) {
        return forms.queues().read("q", body, null);
    }

    private Read<Human> human(Map<String, ?> body) {
        return forms.humans().read("ann", body, null);
    }

    private Read<Trunk> trunk(Map<String, ?> body) {
        return forms.trunks().read("t", body, null);
    }

    @Test
    void givesAQueueTheDefaults() {
        assertEquals(Queue.named("q"), ok(queue(Map.of())));
    }

    @Test
    void readsEachStepOfAnOverflowInItsOrder() {
        Queue queue = ok(queue(Map.of(
                "overflow",
                List.of(
                        Map.of("queue", "tier2"),
                        Map.of("sip", "sip:acd@pbx.example;transport=tcp"),
                        Map.of("agent", true)))));
        assertEquals(
                List.of(
                        new Queue.Overflow.ToQueue("tier2"),
                        new Queue.Overflow.ToSip("sip:acd@pbx.example;transport=tcp"),
                        new Queue.Overflow.ToAgent()),
                queue.overflow());
        assertEquals(queue, ok(forms.queues().load("q", forms.queues().store(queue))));
    }

    @Test
    void refusesAStepThatLeadsNowhere() {
        assertEquals(
                List.of("overflow[0].queue: is this queue itself"),
                errors(queue(Map.of("overflow", List.of(Map.of("queue", "q"))))));
        assertEquals(
                1,
                errors(queue(Map.of("overflow", List.of(Map.of("sip", "tel:+1555")))))
                        .size());
        assertEquals(
                1,
                errors(queue(Map.of("overflow", List.of(Map.of("agent", false)))))
                        .size());
        assertEquals(1, errors(queue(Map.of("overflow", List.of(Map.of())))).size());
        assertEquals(
                1,
                errors(queue(Map.of("overflow", List.of(Map.of("queue", "x", "agent", true)))))
                        .size());
    }

    @Test
    void takesAQueuesNumbersAtTheirEdgesAndNotBeyond() {
        ok(queue(Map.of("ringSeconds", 1)));
        ok(queue(Map.of("ringSeconds", 300)));
        assertEquals(
                List.of("ringSeconds: has to be a whole number, 1 to 300, not 301"),
                errors(queue(Map.of("ringSeconds", 301))));
        assertEquals(1, errors(queue(Map.of("ringSeconds", 0))).size());
        ok(queue(Map.of("waitSeconds", 3_600)));
        assertEquals(1, errors(queue(Map.of("waitSeconds", 3_601))).size());
        ok(queue(Map.of("overflow", Collections.nCopies(16, Map.of("agent", true)))));
        assertEquals(
                1,
                errors(queue(Map.of("overflow", Collections.nCopies(17, Map.of("agent", true)))))
                        .size());
    }

    @Test
    void keepsOfAPasswordTheTwoDigestsOnly() {
        // RFC 7616, 3.9.1: user, realm and password of its example.
        Forms example = new Forms("http-auth@example.org", Limits.defaults());
        Human human = ok(example.humans().read("Mufasa", Map.of("password", "Circle of Life"), null));
        Human.Credentials credentials = human.credentials();
        assertEquals("3d78807defe7de2157e2b0b6573a855f", credentials.ha1Md5());
        assertEquals("7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232", credentials.ha1Sha256());
        assertFalse(example.humans().store(human).toString().contains("Circle"));
        assertFalse(example.humans().show(human).toString().contains(credentials.ha1Md5()));
        assertEquals(human, ok(example.humans().load("Mufasa", example.humans().store(human))));
        assertEquals(
                credentials,
                ok(example.humans().read("Mufasa", Map.of("name", "M"), human)).credentials());
    }

    @Test
    void wantsAHumanToBeReachable() {
        assertEquals(
                List.of("password: is missing; a human without a fixed contact registers with one"),
                errors(human(Map.of())));
        assertNull(ok(human(Map.of("contact", "sip:100@192.0.2.10:5060"))).credentials());
    }

    @Test
    void takesSipUrisAsContactsAndNothingElse() {
        for (String uri : List.of(
                "sip:a@b",
                "sips:a@b.example:5061;x=y?h=v",
                "sip:[2001:db8::1]:5060",
                "SIP:192.0.2.1",
                "sip:a:p@h",
                "sip:a;b@h")) {
            ok(human(Map.of("contact", uri)));
        }
        for (String uri : List.of(
                "a@b",
                "sip:",
                "sip:@b",
                "sip:a@",
                "sip:a@b:0",
                "sip:a@b:65536",
                "sip:a@b:",
                "sip:a@b c",
                "sip:a@b>",
                "tel:1",
                "sip:a@[::1")) {
            assertEquals(1, errors(human(Map.of("contact", uri))).size(), uri);
        }
    }

    @Test
    void takesQueuesAndSkillsAtTheirLimitsAndNotOneMore() {
        List<String> many = IntStream.range(0, 65).mapToObj(i -> "s" + i).toList();
        ok(human(Map.of("password", "p", "queues", many.subList(0, 64), "skills", many.subList(0, 64))));
        assertEquals(
                List.of("queues: has to be 64 at most, not 65", "skills: has to be 64 at most, not 65"),
                errors(human(Map.of("password", "p", "queues", many, "skills", many))));
        assertEquals(
                1,
                errors(human(Map.of("password", "p", "queues", List.of("a b")))).size());
        ok(human(Map.of("password", "p".repeat(512))));
        assertEquals(1, errors(human(Map.of("password", "p".repeat(513)))).size());
    }

    @Test
    void readsNetworksOfBothFamilies() {
        Trunk trunk = ok(trunk(Map.of("addresses", List.of("203.0.113.0/24", "192.0.2.7", "2001:db8::/32"))));
        assertEquals(3, trunk.addresses().size());
        assertEquals(trunk, ok(forms.trunks().load("t", forms.trunks().store(trunk))));
    }

    @Test
    void refusesATrunkWithoutOrWithWrongAddresses() {
        assertEquals(1, errors(trunk(Map.of())).size());
        assertEquals(1, errors(trunk(Map.of("addresses", List.of()))).size());
        assertEquals(
                1,
                errors(trunk(Map.of("addresses", List.of("carrier.example")))).size());
        assertEquals(
                1, errors(trunk(Map.of("addresses", List.of("192.0.2.0/33")))).size());
        List<String> many = IntStream.range(0, 257)
                .mapToObj(i -> "10.0." + i / 256 + "." + i % 256)
                .toList();
        ok(trunk(Map.of("addresses", many.subList(0, 256))));
        assertEquals(1, errors(trunk(Map.of("addresses", many))).size());
    }

    @Test
    void takesATrunksRealmWithAUsernameAlone() {
        Map<String, Object> body =
                Map.of("addresses", List.of("192.0.2.7"), "username", "u", "password", "p", "realm", "asterisk");
        Trunk trunk = ok(trunk(body));
        assertEquals("asterisk", trunk.realm());
        assertEquals("asterisk", forms.trunks().show(trunk).get("realm"));
        assertEquals(trunk, ok(forms.trunks().load("t", forms.trunks().store(trunk))));
        assertEquals(
                List.of("username: is missing; a realm alone is of no use"),
                errors(trunk(Map.of("addresses", List.of("192.0.2.7"), "realm", "asterisk"))));
    }

    @Test
    void keepsATrunksPasswordAndWantsItWithAUsername() {
        List<String> addresses = List.of("192.0.2.7");
        Trunk trunk = ok(trunk(Map.of("addresses", addresses, "username", "u", "password", "p")));
        assertFalse(forms.trunks().show(trunk).containsKey("password"));
        assertEquals(
                "p",
                ok(forms.trunks().read("t", forms.trunks().show(trunk), trunk)).password());
        assertEquals(trunk, ok(forms.trunks().load("t", forms.trunks().store(trunk))));
        assertEquals(
                1,
                errors(trunk(Map.of("addresses", addresses, "username", "u"))).size());
        assertEquals(
                1,
                errors(trunk(Map.of("addresses", addresses, "password", "p"))).size());
        assertNull(ok(forms.trunks().read("t", Map.of("addresses", addresses), trunk))
                .password());
        assertTrue(trunk.toString().indexOf("password") < 0);
    }
}
