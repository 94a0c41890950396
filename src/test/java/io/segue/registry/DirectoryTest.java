package io.segue.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.agent.NumberPattern;
import io.segue.human.Human;
import io.segue.trunk.Trunk;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private final Directory directory = new Directory(new Forms("segue", Limits.defaults()));

    private void agent(String id, String... numbers) {
        assertEquals(
                List.of(),
                directory.agent(id, Map.of("owner", "o", "url", "wss://b.example", "numbers", List.of(numbers))));
    }

    private String agentFor(String number) {
        return directory.agentFor(number).map(Agent::id).orElse("none");
    }

    @Test
    void letsTheLongestMatchWin() {
        agent("all", "*");
        agent("us", "+1*");
        agent("city", "+1555*");
        agent("line", "+15550100");
        assertEquals("line", agentFor("+15550100"));
        assertEquals("city", agentFor("+155501000"));
        assertEquals("city", agentFor("+1555"));
        assertEquals("us", agentFor("+1444"));
        assertEquals("all", agentFor("sales"));
        assertEquals("all", agentFor(""));
    }

    @Test
    void hasNoAgentForANumberThatNoneHas() {
        agent("line", "+15550100");
        assertEquals("none", agentFor("+15550101"));
        assertEquals("none", agentFor("+1555010"));
    }

    @Test
    void givesANumberThatTwoClaimToTheLowerIdWhateverTheOrder() {
        agent("b", "+1*");
        agent("a", "+1*");
        assertEquals("a", agentFor("+1"));
        assertEquals(
                "a", directory.holderOf(NumberPattern.of("+1*")).map(Agent::id).orElse(""));
        directory.agent("a", (Map<String, ?>) null);
        assertEquals("b", agentFor("+1"));
    }

    @Test
    void followsEveryChangeAtOnce() {
        agent("a", "1");
        assertEquals("a", agentFor("1"));
        Agent before = directory.agent("a").orElseThrow();
        agent("a", "2");
        assertEquals("none", agentFor("1"));
        assertEquals("a", agentFor("2"));
        assertEquals("1", before.numbers().get(0).toString());
    }

    @Test
    void leavesOutWhatCannotBeReadAndSaysWhy() {
        agent("a", "1");
        assertEquals(
                List.of("owner: is missing", "url: is missing"),
                directory.agent("a", Map.of()).stream()
                        .map(FieldError::toString)
                        .toList());
        assertEquals("none", agentFor("1"));
    }

    @Test
    void findsTheTrunkOfTheSmallestNetwork() throws Exception {
        directory.trunk("wide", Map.of("addresses", List.of("203.0.113.0/24", "2001:db8::/32")));
        directory.trunk("narrow", Map.of("addresses", List.of("203.0.113.64/26")));
        assertEquals("wide", trunkAt("203.0.113.63"));
        assertEquals("narrow", trunkAt("203.0.113.64"));
        assertEquals("narrow", trunkAt("203.0.113.127"));
        assertEquals("wide", trunkAt("203.0.113.128"));
        assertEquals("wide", trunkAt("2001:db8::1"));
        assertEquals("none", trunkAt("203.0.112.255"));
        assertEquals("none", trunkAt("2001:db9::1"));
    }

    private String trunkAt(String address) throws Exception {
        return directory.trunkAt(InetAddress.getByName(address)).map(Trunk::id).orElse("none");
    }

    @Test
    void findsTheTrunkOfAHostByItsAddressAndByWhatItsNameStandsFor() {
        directory.trunk("pbx", Map.of("addresses", List.of("192.0.2.0/24", "2001:db8::/32")));
        directory.human("cat", Map.of("contact", "sip:cat@PBX.example"));
        assertEquals("pbx", trunkOf("192.0.2.10"));
        assertEquals("pbx", trunkOf("2001:db8::1"));
        assertEquals("none", trunkOf("198.51.100.1"));
        assertEquals("none", trunkOf("pbx.example"));
        directory.resolved("pbx.example", Set.of(InetAddress.ofLiteral("192.0.2.99")));
        assertEquals("pbx", trunkOf("PBX.example"));
    }

    private String trunkOf(String host) {
        return directory.trunkOf(host).map(Trunk::id).orElse("none");
    }

    @Test
    void knowsTheAddressesOfFixedContactsAndOfOverflows() {
        directory.human("ann", Map.of("contact", "sip:ann@192.0.2.10:5070"));
        directory.human("bob", Map.of("contact", "sip:bob@[2001:db8::5]"));
        directory.human("cat", Map.of("contact", "sip:cat@pbx.example"));
        directory.queue("q", Map.of("overflow", List.of(Map.of("sip", "sip:acd@192.0.2.99"))));
        assertTrue(directory.isContact(InetAddress.ofLiteral("192.0.2.10")));
        assertTrue(directory.isContact(InetAddress.ofLiteral("2001:db8::5")));
        assertTrue(directory.isContact(InetAddress.ofLiteral("192.0.2.99")));
        assertFalse(directory.isContact(InetAddress.ofLiteral("192.0.2.11")));
        assertEquals(Set.of("pbx.example"), directory.contactNames());
        directory.resolved("pbx.example", Set.of(InetAddress.ofLiteral("198.51.100.1")));
        assertTrue(directory.isContact(InetAddress.ofLiteral("198.51.100.1")));
        directory.human("cat", (Map<String, ?>) null);
        assertFalse(directory.isContact(InetAddress.ofLiteral("198.51.100.1")));
    }

    @Test
    void findsTheHumansOfAQueueWhoHaveEachSkill() {
        directory.human("bob", Map.of("contact", "sip:b@h", "queues", List.of("q"), "skills", List.of("en", "fr")));
        directory.human("ann", Map.of("contact", "sip:a@h", "queues", List.of("q", "r"), "skills", List.of("en")));
        assertEquals(List.of("ann", "bob"), ids(directory.humansOf("q", Set.of("en"))));
        assertEquals(List.of("bob"), ids(directory.humansOf("q", Set.of("en", "fr"))));
        assertEquals(List.of("ann"), ids(directory.humansOf("r", Set.of())));
        assertEquals(List.of(), directory.humansOf("nobody", Set.of()));
    }

    private static List<String> ids(List<Human> humans) {
        return humans.stream().map(Human::id).toList();
    }
}
