package io.segue.sip.registrar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.Uri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3261 10.3 and RFC 5626 6. */
class RegistrarTest {
    private static final Limits LIMITS = new Limits(600, 60, 3_600, 3);
    private static final long NOW = 1_000_000;
    private static final Origin UDP =
            new Origin("UDP", new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 40_000), null);
    private static final Origin TCP =
            new Origin("TCP", new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 40_001), "connection-7");
    private static final String INSTANCE = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-000A95A0E128>\"";

    private final Registrar registrar = new Registrar(LIMITS);
    private List<Binding> bindings = List.of();
    private long nowMs = NOW;
    private String callId = "reg-1";

    private static SipRequest register(String callId, long sequence, String... headers) {
        Headers.Builder all = Headers.builder()
                .add("Via", "SIP/2.0/UDP 192.168.1.5;branch=z9hG4bK" + sequence)
                .add("From", "<sip:anna@gw.example.com>;tag=f")
                .add("To", "<sip:anna@gw.example.com>")
                .add("Call-ID", callId)
                .add("CSeq", sequence + " REGISTER");
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return new SipRequest("REGISTER", Uri.parse("sip:gw.example.com").orElseThrow(), all.build());
    }

    private SipResponse step(Origin origin, SipRequest register) {
        Registration registration = registrar.step(bindings, register, "anna", origin, "t", nowMs);
        bindings = registration.bindings();
        return registration.response();
    }

    private SipResponse step(long sequence, String... headers) {
        return step(UDP, register(callId, sequence, headers));
    }

    private SipResponse refused(int status, long sequence, String... headers) {
        List<Binding> before = bindings;
        SipResponse response = step(sequence, headers);
        assertEquals(status, response.status(), response.toString());
        assertEquals(before, bindings, "a refused REGISTER changes nothing");
        return response;
    }

    private List<String> contacts() {
        return bindings.stream().map(Binding::contact).toList();
    }

    private long seconds() {
        assertEquals(1, bindings.size());
        return (bindings.getFirst().expiresAtMs() - nowMs) / 1_000;
    }

    @Test
    void bindsAContactAndRemembersTheWayItCame() {
        SipResponse ok =
                step(TCP, register("reg-1", 1, "Contact", "\"Anna\" <sip:anna@192.168.1.5:5060;transport=tcp>;q=0.5"));
        assertEquals(200, ok.status());
        assertEquals("t", ok.to().tag());
        assertEquals(
                List.of("<sip:anna@192.168.1.5:5060;transport=tcp>;q=0.5;expires=600"),
                ok.headers().all("Contact"));
        assertEquals(
                List.of(new Binding(
                        "sip:anna@192.168.1.5:5060;transport=tcp",
                        ";q=0.5",
                        500,
                        "reg-1",
                        1,
                        NOW + 600_000,
                        null,
                        0,
                        "TCP",
                        "203.0.113.9",
                        40_001,
                        "connection-7")),
                bindings);
    }

    @Test
    void takesTheContactsExpiresBeforeTheHeadersBeforeTheDefault() {
        step(1, "Contact", "<sip:a@h>;expires=100", "Expires", "200");
        assertEquals(100, seconds());
        step(2, "Contact", "<sip:a@h>", "Expires", "200");
        assertEquals(200, seconds());
        step(3, "Contact", "<sip:a@h>");
        assertEquals(600, seconds());
        step(4, "Contact", "<sip:a@h>;expires=soon", "Expires", "200");
        assertEquals(600, seconds());
    }

    @Test
    void answersTooBriefWith423AndGivesTheLeast() {
        assertEquals("60", refused(423, 1, "Contact", "<sip:a@h>;expires=59").header("Min-Expires"));
        assertEquals(200, step(2, "Contact", "<sip:a@h>;expires=60").status());
    }

    @ParameterizedTest
    @CsvSource({"3600,3600", "3601,3600", "4294967296,3600", "99999999999999999999999,3600"})
    void cutsTooLong(String asked, long given) {
        step(1, "Contact", "<sip:a@h>;expires=" + asked);
        assertEquals(given, seconds());
    }

    @Test
    void answersWithEveryBindingAndTheTimeItHasLeft() {
        step(1, "Contact", "<sip:a@h>;expires=100, <sip:b@h>;expires=200");
        nowMs += 30_500;
        assertEquals(
                List.of("<sip:a@h>;expires=70", "<sip:b@h>;expires=170"),
                step(2).headers().all("Contact"),
                "a REGISTER without a Contact asks");
        assertEquals(2, bindings.size());
    }

    @Test
    void forgetsABindingWhenItsTimeIsOver() {
        step(1, "Contact", "<sip:a@h>;expires=100, <sip:b@h>;expires=200");
        nowMs += 99_999;
        assertEquals(2, Registrar.targets(bindings, nowMs).size());
        nowMs += 1;
        assertEquals(1, Registrar.targets(bindings, nowMs).size());
        step(2);
        assertEquals(List.of("sip:b@h"), contacts());
        nowMs += 100_000;
        assertEquals(List.of(), step(3).headers().all("Contact"));
    }

    @Test
    void refreshesWhatIsTheSameUriByTheRulesOfUris() {
        step(1, "Contact", "<sip:anna@HOST.example.com;transport=udp;lr>");
        step(2, "Contact", "<sip:%61nna@host.example.com;lr;transport=UDP>;expires=90");
        assertEquals(90, seconds());
        step(3, "Contact", "<sip:Anna@host.example.com;lr;transport=UDP>");
        assertEquals(2, bindings.size(), "users are told apart by case");
    }

    @Test
    void removesTheContactThatExpiresAtZero() {
        step(1, "Contact", "<sip:a@h>, <sip:b@h>");
        step(2, "Contact", "<sip:a@h>;expires=0");
        assertEquals(List.of("sip:b@h"), contacts());
        step(3, "Contact", "<sip:b@h>", "Expires", "0");
        assertEquals(List.of(), contacts());
        assertEquals(
                200, step(4, "Contact", "<sip:b@h>;expires=0").status(), "what is not there is as good as removed");
    }

    @Test
    void removesEverythingByStarAndExpiresZero() {
        step(1, "Contact", "<sip:a@h>, <sip:b@h>");
        callId = "another phone";
        assertEquals(
                List.of(), step(1, "Contact", "*", "Expires", "0").headers().all("Contact"));
        assertEquals(List.of(), contacts());
    }

    @Test
    void refusesStarWithoutExpiresZeroOrBesideAContact() {
        step(1, "Contact", "<sip:a@h>");
        refused(400, 2, "Contact", "*");
        refused(400, 3, "Contact", "*", "Expires", "60");
        refused(400, 4, "Contact", "*", "Contact", "<sip:a@h>", "Expires", "0");
    }

    @Test
    void refusesWhatIsOutOfOrderInOneSequenceWhole() {
        step(5, "Contact", "<sip:a@h>");
        refused(500, 5, "Contact", "<sip:b@h>, <sip:a@h>");
        refused(500, 4, "Contact", "<sip:a@h>;expires=0");
        refused(500, 5, "Contact", "*", "Expires", "0");
        callId = "rebooted";
        assertEquals(200, step(1, "Contact", "<sip:a@h>").status(), "a new Call-ID starts anew");
    }

    @Test
    void takesAContactThatStandsTwiceInOneRegisterOnce() {
        assertEquals(200, step(1, "Contact", "<sip:a@h>, <sip:a@h>;expires=90").status());
        assertEquals(90, seconds());
    }

    @Test
    void takesContactsUpToItsLimitAndRefusesOnePastItWhole() {
        step(1, "Contact", "<sip:a@h>;expires=100, <sip:b@h>, <sip:c@h>");
        assertEquals(3, bindings.size());
        nowMs += 10_000;
        assertEquals("90", refused(503, 2, "Contact", "<sip:d@h>").header("Retry-After"));
        assertEquals(200, step(3, "Contact", "<sip:a@h>;expires=0, <sip:d@h>").status(), "one goes, one comes");
        nowMs += 600_000;
        assertEquals(200, step(4, "Contact", "<sip:a@h>, <sip:e@h>").status(), "those that expired take no place");
    }

    @Test
    void refusesToChangeAnotherUsersContacts() {
        SipRequest register = register("r", 1, "Contact", "<sip:a@h>");
        Registration registration = registrar.step(List.of(), register, "bert", UDP, "t", nowMs);
        assertEquals(403, registration.response().status());
        assertEquals(List.of(), registration.bindings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel:+15550100", "mailto:a@h"})
    void refusesAContactThatCannotBeCalledBySip(String uri) {
        refused(400, 1, "Contact", "<" + uri + ">");
    }

    @Test
    void keepsOneBindingForEachFlowOfAPhone() {
        String supported = "path, outbound";
        SipResponse ok = step(1, "Supported", supported, "Contact", "<sip:anna@10.0.0.1:1>" + INSTANCE + ";reg-id=1");
        assertEquals("outbound", ok.header("Require"));
        assertTrue(ok.headers().all("Contact").getFirst().contains("reg-id=1"), ok.toString());
        step(2, "Supported", supported, "Contact", "<sip:anna@10.0.0.1:1>" + INSTANCE + ";reg-id=2");
        assertEquals(2, bindings.size(), "a second flow, although the URI is the same");
        callId = "rebooted";
        step(1, "Supported", supported, "Contact", "<sip:anna@10.0.0.2:9>" + INSTANCE + ";reg-id=1");
        assertEquals(List.of("sip:anna@10.0.0.1:1", "sip:anna@10.0.0.2:9"), contacts());
    }

    @Test
    void takesRegIdForNothingWithoutOutboundOrInstance() {
        SipResponse ok = step(1, "Contact", "<sip:anna@10.0.0.1>" + INSTANCE + ";reg-id=1");
        assertFalse(ok.headers().has("Require"));
        step(2, "Supported", "outbound", "Contact", "<sip:anna@10.0.0.2>;reg-id=1");
        assertEquals(2, bindings.size());
        assertFalse(bindings.getFirst().isFlow() || bindings.getLast().isFlow());
    }

    @Test
    void refusesAFlowThroughAProxyThatDoesNotKeepIt() {
        refused(
                439,
                1,
                "Via",
                "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKphone",
                "Supported",
                "outbound",
                "Contact",
                "<sip:anna@10.0.0.1>" + INSTANCE + ";reg-id=1");
    }

    @Test
    void refusesTwoContactsToOneFlow() {
        refused(
                400,
                1,
                "Supported",
                "outbound",
                "Contact",
                "<sip:anna@10.0.0.1>" + INSTANCE + ";reg-id=1, <sip:anna@10.0.0.2>");
    }

    @Test
    void ranksTargetsByPriorityAndThenTheNewest() {
        step(1, "Contact", "<sip:low@h>;q=0.1, <sip:old@h>;q=0.9, <sip:wrong@h>;q=7");
        nowMs += 5_000;
        callId = "later";
        step(1, "Contact", "<sip:low@h>;expires=0, <sip:new@h>;q=0.9");
        assertEquals(
                List.of("sip:wrong@h", "sip:new@h", "sip:old@h"),
                Registrar.targets(bindings, nowMs).stream()
                        .map(Binding::contact)
                        .toList());
    }

    @Test
    void wantsLimitsThatCanBeKept() {
        assertThrows(IllegalArgumentException.class, () -> new Limits(600, 3_601, 7_200, 1));
        assertThrows(IllegalArgumentException.class, () -> new Limits(600, 60, 59, 1));
        assertThrows(IllegalArgumentException.class, () -> new Limits(59, 60, 600, 1));
    }
}
