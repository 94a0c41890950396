package io.segue.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final String TRUNK = "203.0.113.5";
    private static final String TRUNK6 = "2001:db8::5";
    private static final String HUMAN = "198.51.100.7";
    private static final String PROXY = "192.0.2.1";
    private static final String PROXY2 = "192.0.2.2";
    private static final String STRANGER = "198.18.0.9";

    private final Admission admission = new Admission(
            source -> switch (source.getAddress().getHostAddress()) {
                case TRUNK, "2001:db8:0:0:0:0:0:5" -> Standing.TRUNK;
                case HUMAN -> Standing.PEER;
                case PROXY, PROXY2 -> Standing.PROXY;
                default -> Standing.STRANGER;
            },
            limits(3, 100));

    @Test
    void trunksAndHumansAreLetInByTheirAddress() {
        assertEquals("in " + TRUNK, judge("INVITE", TRUNK, TRUNK));
        assertEquals("in 2001:db8:0:0:0:0:0:5", judge("INVITE", TRUNK6, "[" + TRUNK6 + "]"));
        assertEquals("in " + HUMAN, judge("BYE", HUMAN, HUMAN));
    }

    @Test
    void aStrangerGetsNothingWhateverItsViaSays() {
        assertEquals("STRANGER", judge("INVITE", STRANGER, TRUNK));
        assertEquals("STRANGER", judge("OPTIONS", STRANGER, PROXY, TRUNK));
    }

    @Test
    void behindAProxyTheViaBelowItsDecides() {
        assertEquals("in " + TRUNK, judge("INVITE", PROXY, PROXY, TRUNK));
        assertEquals("in " + TRUNK, judge("INVITE", PROXY, PROXY, "10.0.0.1;received=" + TRUNK));
        assertEquals("STRANGER_BEHIND_PROXY", judge("INVITE", PROXY, PROXY, STRANGER));
        assertEquals("STRANGER_BEHIND_PROXY", judge("INVITE", PROXY, PROXY, TRUNK + ";received=" + STRANGER));
        assertEquals("STRANGER_BEHIND_PROXY", judge("INVITE", PROXY, PROXY, "trunk.example.com"));
        assertEquals("STRANGER_BEHIND_PROXY", judge("INVITE", PROXY, PROXY));
    }

    @Test
    void behindTwoProxiesTheFirstViaThatIsNoProxysDecides() {
        assertEquals("in " + TRUNK, judge("INVITE", PROXY, PROXY, PROXY2, TRUNK));
        assertEquals("STRANGER_BEHIND_PROXY", judge("INVITE", PROXY, PROXY, PROXY2, STRANGER, TRUNK));
    }

    @Test
    void aProxysOwnOptionsIsLetIn() {
        assertEquals("in " + PROXY, judge("OPTIONS", PROXY, PROXY));
        assertEquals("STRANGER_BEHIND_PROXY", judge("OPTIONS", PROXY, PROXY, STRANGER));
    }

    @Test
    void registerIsLetInFromAnywhereUpToTheLimitOfItsSource() {
        for (int i = 0; i < 3; i++) {
            assertEquals("in " + STRANGER, judge("REGISTER", STRANGER, STRANGER));
        }
        assertEquals("REGISTER_RATE", judge("REGISTER", STRANGER, STRANGER));
        assertEquals("in 198.18.0.10", judge("REGISTER", "198.18.0.10", STRANGER));
        for (int i = 0; i < 10; i++) {
            assertEquals("in " + HUMAN, judge("REGISTER", HUMAN, HUMAN));
        }
    }

    @Test
    void registerThroughAProxyIsLimitedByWhoeverIsBehindIt() {
        for (int i = 0; i < 3; i++) {
            assertEquals("in " + STRANGER, judge("REGISTER", PROXY, PROXY, STRANGER));
        }
        assertEquals("REGISTER_RATE", judge("REGISTER", PROXY, PROXY, STRANGER));
        assertEquals("in 198.18.0.10", judge("REGISTER", PROXY, PROXY, "198.18.0.10"));
    }

    @Test
    void whoeverWeCalledMaySendWhatBelongsToADialogAndNothingElse() {
        assertEquals("STRANGER", judge("BYE;tag", STRANGER, STRANGER));
        admission.weCall(new InetSocketAddress(InetAddress.ofLiteral(STRANGER), 5060));
        assertEquals("in " + STRANGER, judge("BYE;tag", STRANGER, STRANGER));
        assertEquals("STRANGER", judge("INVITE", STRANGER, STRANGER));
    }

    @Test
    void ofAStrangerOnlyRegistersAndResponsesAreRead() {
        assertTrue(worthReading(STRANGER, "REGISTER sip:x SIP/2.0"));
        assertTrue(worthReading(STRANGER, "SIP/2.0 200 OK"));
        assertFalse(worthReading(STRANGER, "REGISTE"));
        assertFalse(worthReading(STRANGER, "INVITE sip:x SIP/2.0"));
        assertTrue(worthReading(TRUNK, "INVITE sip:x SIP/2.0"));
    }

    private boolean worthReading(String from, String text) {
        byte[] bytes = ("##" + text).getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(from), 5060);
        return admission.worthReading(Arrival.direct(Transport.UDP, remote, remote, null), bytes, 2, bytes.length - 2);
    }

    private String judge(String methodAndTag, String from, String... viaHosts) {
        String[] parts = methodAndTag.split(";", -1);
        Headers.Builder headers = Headers.builder();
        for (String host : viaHosts) {
            headers.add("Via", "SIP/2.0/UDP " + host + ";branch=z9hG4bKx");
        }
        headers.add("To", "<sip:b@x>" + (parts.length > 1 ? ";tag=t" : ""));
        SipRequest request = new SipRequest(parts[0], Uri.parse("sip:b@x").orElseThrow(), headers.build());
        InetSocketAddress remote = new InetSocketAddress(InetAddress.ofLiteral(from), 5060);
        Arrival arrival = Arrival.direct(Transport.UDP, remote, remote, null);
        return switch (admission.judge(request, request.vias(), arrival, 0)) {
            case Admission.Verdict.Admitted(Arrival judged) ->
                "in " + judged.origin().getHostAddress();
            case Admission.Verdict.Refused(Drop why) -> why.name();
        };
    }

    static Limits limits(int registersPerMinuteMax, int registersPerSecondMax) {
        Limits d = Limits.defaults();
        return new Limits(
                d.messageBytesMax(),
                d.datagramBytesMax(),
                d.connectionsMax(),
                d.strangerConnectionsMax(),
                d.unsentBytesMax(),
                d.idleMs(),
                d.firstMessageMs(),
                d.connectMs(),
                registersPerMinuteMax,
                registersPerSecondMax,
                5,
                d.calledPeersMax(),
                d.datagramBufferBytes());
    }
}
