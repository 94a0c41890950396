package io.segue.flow.phone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.leg.Flows;
import io.segue.human.Human;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Limits;
import io.segue.sip.dialog.Identifiers;
import io.segue.sip.digest.DigestVerifier;
import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Uri;
import io.segue.sip.registrar.Registrar;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Transport;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistrationsTest {
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 8080);

    private final Directory directory = new Directory(new Forms("segue", Limits.defaults()));
    private final Flows flows = new Flows(15_000);
    private final List<String> told = new ArrayList<>();
    private final CompletableFuture<Optional<String>> slow = new CompletableFuture<>();
    private final List<SipResponse> answers = new ArrayList<>();
    private long nowMs = 1_000_000;
    private int cseq;
    private Registrations registrations;

    @BeforeEach
    void begin() {
        directory.human("anna", Map.of("name", "Anna", "password", "wonderland", "queues", List.of("billing")));
        Identifiers identifiers = new Identifiers() {
            @Override
            public String tag() {
                return "tag";
            }

            @Override
            public int random(int bound) {
                return 7;
            }
        };
        registrations = new Registrations(
                directory,
                new DigestVerifier("segue", new byte[32], io.segue.sip.digest.Limits.defaults()),
                new Registrar(io.segue.sip.registrar.Limits.defaults()),
                List.of(),
                identifiers,
                () -> nowMs,
                new WebPhones(
                        token -> token.equals("slow")
                                ? slow
                                : CompletableFuture.completedFuture(
                                        token.equals("annas") ? Optional.of("anna") : Optional.empty()),
                        15_000),
                flows,
                new Registrations.Watcher() {
                    @Override
                    public void reachable(String human) {
                        told.add(human + " reachable");
                    }

                    @Override
                    public void unreachable(String human) {
                        told.add(human + " unreachable");
                    }
                });
    }

    private static Arrival down(long socket) {
        return Arrival.direct(
                Transport.WSS, new InetSocketAddress("203.0.113.9", 40_000), HERE, new ConnectionId(socket));
    }

    private static Arrival byTcp() {
        return Arrival.direct(Transport.TCP, new InetSocketAddress("203.0.113.9", 40_000), HERE, new ConnectionId(99));
    }

    private SipResponse register(String user, String page, Arrival arrival, int expires, String... more) {
        Headers.Builder headers = Headers.builder()
                .add("Via", "SIP/2.0/WSS df7jal23ls0d.invalid;branch=z9hG4bK" + ++cseq)
                .add("From", "<sip:" + user + "@segue.example>;tag=f")
                .add("To", "<sip:" + user + "@segue.example>")
                .add("Call-ID", page)
                .add("CSeq", cseq + " REGISTER")
                .add("Supported", "path, gruu, outbound")
                .add("Contact", contact(page))
                .add("Expires", Integer.toString(expires));
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1]);
        }
        registrations.register(
                new SipRequest("REGISTER", Uri.parse("sip:segue.example").orElseThrow(), headers.build()),
                arrival,
                answers::add);
        return answers.isEmpty() ? null : answers.getLast();
    }

    private static String contact(String page) {
        return "<sip:" + page + "@df7jal23ls0d.invalid;transport=ws>;reg-id=1;+sip.instance=\"<urn:uuid:" + page
                + ">\"";
    }

    private SipResponse registerAnna(String page, Arrival arrival, int expires) {
        return register("anna", page, arrival, expires, "Authorization", "Bearer annas");
    }

    private List<Destination> ways() {
        Human anna = directory.human("anna").orElseThrow();
        return registrations.all(anna).stream().map(Whereabouts::way).toList();
    }

    @Test
    void takesTheTokenOfASessionDownAWebSocketAndEchoesTheInvalidContact() {
        SipResponse response = registerAnna("page", down(1), 600);
        assertEquals(200, response.status());
        assertTrue(response.header("Contact").startsWith("<sip:page@df7jal23ls0d.invalid;transport=ws>"), "echoed");
        assertTrue(response.header("Contact").endsWith(";expires=600"));
        assertEquals("outbound", response.header("Supported"));
        assertEquals(List.of(down(1).back()), ways());
        assertTrue(registrations.isRegisteredDown(new ConnectionId(1)));
        assertFalse(registrations.isRegisteredDown(new ConnectionId(2)));
    }

    @Test
    void refusesATokenThatIsOverOrSomebodyElses() {
        SipResponse over = register("anna", "page", down(1), 600, "Authorization", "Bearer old");
        assertEquals(401, over.status());
        assertTrue(over.header("WWW-Authenticate").startsWith("Bearer error=\"invalid_token\""));
        assertEquals(
                403,
                register("ben", "page", down(1), 600, "Authorization", "bearer annas")
                        .status());
        assertEquals(List.of(), ways());
    }

    @Test
    void aSocketThatIsGoneBeforeItsSessionIsKnownRegistersNobody() {
        register("anna", "page", down(1), 600, "Authorization", "Bearer slow");
        register("anna", "page", down(2), 600, "Authorization", "Bearer slow");
        registrations.lost(new ConnectionId(1));
        assertEquals(List.of(), answers);
        slow.complete(Optional.of("anna"));
        assertEquals(1, answers.size());
        assertEquals(List.of(down(2).back()), ways());
    }

    @Test
    void takesATokenDownNothingButAWebSocket() {
        SipResponse response = registerAnna("page", byTcp(), 600);
        assertEquals(401, response.status());
        assertTrue(response.header("WWW-Authenticate").startsWith("Digest "));
    }

    /** JsSIP and SIP.js look at the last alone, and know MD5 alone. */
    @Test
    void challengesABrowserByMd5Last() {
        List<String> challenges =
                register("anna", "page", down(1), 600).headers().all("WWW-Authenticate");
        assertEquals(2, challenges.size());
        assertTrue(challenges.getLast().contains("algorithm=MD5"));
    }

    @Test
    void aClosedSocketEndsWhatWasRegisteredDownItAndNothingElse() {
        registerAnna("tab1", down(1), 600);
        registerAnna("tab2", down(2), 600);
        assertEquals(2, ways().size());
        registrations.lost(new ConnectionId(1));
        assertEquals(List.of(down(2).back()), ways());
        assertEquals(List.of("anna reachable"), told);
        registrations.lost(new ConnectionId(2));
        assertEquals(List.of(), ways());
        registerAnna("tab2", down(3), 600);
        assertEquals(List.of("anna reachable", "anna unreachable", "anna reachable"), told);
    }

    @Test
    void signingOffAndRunningOutEndARegistrationToo() {
        registerAnna("page", down(1), 600);
        registerAnna("page", down(1), 0);
        assertEquals(List.of("anna reachable", "anna unreachable"), told);
        assertFalse(registrations.isRegisteredDown(new ConnectionId(1)));
        registerAnna("page", down(1), 600);
        nowMs += 600_000;
        assertFalse(registrations.isRegisteredDown(new ConnectionId(1)));
        assertEquals(List.of(), ways());
    }

    @Test
    void theAddressOfABrowserIsNoPeersByOtherWays() {
        registerAnna("page", down(1), 600);
        assertFalse(registrations.isRegisteredAt(down(1).remote().getAddress()));
    }

    @Test
    void aPageThatComesBackHasItsDialogsFollowIt() {
        registerAnna("page", down(1), 600);
        registrations.lost(new ConnectionId(1));
        registerAnna("page", down(2), 600);
        assertEquals(new ConnectionId(2), flows.now(down(1).back()).connection());
    }
}
