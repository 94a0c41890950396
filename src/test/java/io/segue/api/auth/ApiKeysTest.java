package io.segue.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final String SECRET = "0123456789abcdef";
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.1");

    private static ApiKeys keys(String setting) {
        return assertInstanceOf(ApiKeys.Read.Ok.class, ApiKeys.read(setting)).keys();
    }

    private static String wrong(String setting) {
        String sentence = assertInstanceOf(ApiKeys.Read.Wrong.class, ApiKeys.read(setting))
                .sentence();
        assertFalse(sentence.contains("s3cr3t"));
        return sentence;
    }

    @Test
    void knowsTheHolderOfEachSecret() {
        ApiKeys keys = keys("ann:human:" + SECRET + ", ada:admin:" + SECRET + ":with:colons");
        assertEquals(Optional.of(ApiKeys.Holder.ofKey("ann", Role.HUMAN)), keys.holderOf(SECRET));
        assertEquals(Optional.of(ApiKeys.Holder.ofKey("ada", Role.ADMIN)), keys.holderOf(SECRET + ":with:colons"));
        assertEquals(Optional.empty(), keys.holderOf(SECRET + "x"));
        assertEquals(Optional.empty(), keys.holderOf(""));
        assertTrue(keys("").isEmpty());
    }

    @Test
    void saysInOneSentenceWhatIsWrongWithAnEntry() {
        assertEquals("entry 1 of segue.api.keys has to be name:role:secret", wrong("s3cr3t-s3cr3t-s3cr3t"));
        assertTrue(wrong("ann:boss:s3cr3t-s3cr3t-s3cr3t").endsWith("human, reviewer, specialist, supervisor, admin"));
        assertTrue(wrong("a:admin:" + SECRET + ",a:admin:" + SECRET).contains("a name that another one has"));
    }

    @Test
    void takesASecretOfTheLeastLengthAndNoneShorter() {
        keys("a:admin:" + "x".repeat(16));
        assertTrue(wrong("a:admin:" + "x".repeat(15)).contains("16 characters"));
    }

    @Test
    void takesAsManyKeysAsTheLimitAndNotOneMore() {
        keys(many(256));
        assertTrue(wrong(many(257)).contains("256"));
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "n" + i + ":human:" + SECRET + i)
                .collect(Collectors.joining(","));
    }

    @Test
    void isOpenInDevToThisMachineOnly() {
        Door door = new Door(ApiKeys.none(), true);
        assertInstanceOf(Door.Visitor.Known.class, door.visitor(null, HERE, "localhost:8080", null));
        assertInstanceOf(
                Door.Visitor.Known.class,
                door.visitor(null, InetAddress.ofLiteral("::1"), "[::1]:8080", "http://localhost:8080"));
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, THERE, "localhost:8080", null));
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, null, "localhost", null));
        assertInstanceOf(Door.Visitor.Refused.class, door.visitor("Bearer x", HERE, "localhost", null));
    }

    @Test
    void isClosedInDevToPagesOfOtherSites() {
        Door door = new Door(ApiKeys.none(), true);
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, HERE, "evil.example", null));
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, HERE, null, null));
        assertInstanceOf(
                Door.Visitor.Unknown.class, door.visitor(null, HERE, "localhost:8080", "https://evil.example"));
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, HERE, "localhost:8080", "null"));
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, HERE, "localhost.evil.example", null));
    }

    @Test
    void isClosedOutsideDevEvenToThisMachine() {
        Door door = new Door(keys("a:admin:" + SECRET), false);
        assertInstanceOf(Door.Visitor.Unknown.class, door.visitor(null, HERE, "localhost", null));
        assertEquals(
                new Door.Visitor.Known(ApiKeys.Holder.ofKey("a", Role.ADMIN)),
                door.visitor("bearer " + SECRET, THERE, "gw.example", null));
    }
}
