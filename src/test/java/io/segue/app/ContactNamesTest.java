package io.segue.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.net.Standing;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Limits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** With the names that this machine knows: one that every machine has, and one that none may have (RFC 6761 6.4). */
class ContactNamesTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final Directory directory = new Directory(new Forms("segue", Limits.defaults()));

    @Test
    void admitsAFixedContactThatIsAHostNameAndAnOverflowToo() {
        directory.human("anna", Map.of("contact", "sip:anna@LocalHost:5062"));
        SipAdmission admission = new SipAdmission(directory, List.of(), () -> null);
        InetSocketAddress source = new InetSocketAddress(HERE, 40_000);
        assertEquals(Standing.STRANGER, admission.of(source));
        try (ContactNames names = new ContactNames(directory, 60_000)) {
            await(() -> admission.of(source) == Standing.PEER);
        }
        directory.human("anna", null);
        assertEquals(Standing.STRANGER, admission.of(source));
        directory.queue("q", Map.of("overflow", List.of(Map.of("sip", "sip:acd@localhost"))));
        assertEquals(Standing.PEER, admission.of(source));
    }

    @Test
    void looksUpANameThatIsEnteredLater() {
        try (ContactNames names = new ContactNames(directory, 60_000)) {
            directory.human("bob", Map.of("contact", "sip:bob@localhost"));
            await(() -> directory.isContact(HERE));
        }
    }

    @Test
    void keepsTheLastAddressesOfANameThatCanNoLongerBeLookedUpAndGoesOnWithTheOthers() {
        directory.human("ann", Map.of("contact", "sip:ann@gone.invalid"));
        directory.human("bob", Map.of("contact", "sip:bob@localhost"));
        InetAddress last = InetAddress.ofLiteral("192.0.2.7");
        directory.resolved("gone.invalid", Set.of(last));
        try (ContactNames names = new ContactNames(directory, 60_000)) {
            await(() -> directory.isContact(HERE));
            // Names are looked up in their order, so the other has been tried by now.
            assertTrue(directory.isContact(last));
            assertFalse(directory.isContact(InetAddress.ofLiteral("192.0.2.8")));
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within 20 s");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
