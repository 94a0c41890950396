package io.segue.net;

import static io.segue.net.Text.firstLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.Headers;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.Uri;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Limits;
import io.segue.sip.transaction.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SipEndpointUdpTest {
    private static final Limits FAST = new Limits(50, 400, 500, 20, 30_000, 100_000, 5, 1300);

    private Gateway gateway;
    private UdpPhone phone;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway(SipConfig.of("127.0.0.1", 0).with(FAST));
        phone = new UdpPhone("127.0.0.1");
    }

    @AfterEach
    void stop() {
        phone.close();
        gateway.close();
    }

    @Test
    void carriesACallFromInviteToBye() throws Exception {
        phone.send(phone.request("INVITE", "call"), gateway.udp());
        Recorder.Told invite = gateway.user.expect("INVITE");
        assertEquals(phone.address(), invite.arrival().remote());
        gateway.user.answer(invite, 200);
        String ok = phone.receive();
        while (firstLine(ok).startsWith("SIP/2.0 100")) {
            ok = phone.receive();
        }
        assertEquals("SIP/2.0 200 Because", firstLine(ok));
        phone.send(phone.request("ACK", "ack"), gateway.udp());
        gateway.user.expect("ACK");
        phone.send(phone.request("BYE", "bye"), gateway.udp());
        assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
        gateway.user.expect("BYE");
    }

    @Test
    void saysTryingAndRepeatsARefusalUntilItIsAcknowledged() throws Exception {
        phone.send(phone.request("INVITE", "busy"), gateway.udp());
        assertEquals("SIP/2.0 100 Trying", firstLine(phone.receive()));
        gateway.user.answer(gateway.user.expect("INVITE"), 486);
        for (int i = 0; i < 3; i++) {
            assertEquals("SIP/2.0 486 Because", firstLine(phone.receive()));
        }
        phone.send(phone.request("ACK", "busy"), gateway.udp());
        Gateway.await("the transaction ends", () -> gateway.endpoint.transactions() == 0);
        assertTrue(gateway.user.quiet());
        assertTrue(gateway.endpoint.counters().repeatsSent() >= 2);
    }

    @Test
    void aCancelThatComesRightBehindItsInviteEndsIt() throws Exception {
        phone.send(phone.request("INVITE", "race"), gateway.udp());
        phone.send(phone.request("CANCEL", "race"), gateway.udp());
        Recorder.Told invite = gateway.user.expect("INVITE");
        gateway.user.expect("CANCEL");
        gateway.user.answer(invite, 487);
        boolean cancelAnswered = false;
        boolean inviteAnswered = false;
        while (!cancelAnswered || !inviteAnswered) {
            String answer = phone.receive();
            cancelAnswered |= answer.startsWith("SIP/2.0 200") && answer.contains("1 CANCEL");
            inviteAnswered |= answer.startsWith("SIP/2.0 487") && answer.contains("1 INVITE");
        }
        phone.send(phone.request("CANCEL", "nothing"), gateway.udp());
        String answer = phone.receive();
        while (!answer.contains("call-nothing")) {
            answer = phone.receive();
        }
        assertEquals("SIP/2.0 481 Call/Transaction Does Not Exist", firstLine(answer));
    }

    @Test
    void repeatsARequestUntilItIsAnswered() throws Exception {
        ClientTransactionId id = gateway.endpoint.request(request("OPTIONS"), Destination.udp(phone.address()));
        String first = phone.receive();
        assertTrue(first.contains("Via: SIP/2.0/UDP " + Text.hostPort(gateway.udp()) + ";branch=" + id.branch()));
        assertEquals(first, phone.receive());
        phone.send(Text.answer(first, 200), gateway.udp());
        assertEquals(id, gateway.user.expect("200").client());
    }

    @Test
    void aRequestThatNobodyAnswersTimesOut() throws Exception {
        ClientTransactionId id = gateway.endpoint.request(request("OPTIONS"), Destination.udp(phone.address()));
        assertEquals(id, gateway.user.expect("timeout").client());
    }

    @Test
    void cancelsAnInviteOnceItRings() throws Exception {
        ClientTransactionId id = gateway.endpoint.request(request("INVITE"), Destination.udp(phone.address()));
        gateway.endpoint.cancel(id, "SIP;cause=200");
        String invite = phone.receive();
        phone.send(Text.answer(invite, 180), gateway.udp());
        gateway.user.expect("180");
        String cancel = phone.receive();
        while (cancel.startsWith("INVITE")) {
            cancel = phone.receive();
        }
        assertTrue(cancel.startsWith("CANCEL ") && cancel.contains("Reason: SIP;cause=200"), cancel);
        phone.send(Text.answer(cancel, 200), gateway.udp());
        phone.send(Text.answer(invite, 487), gateway.udp());
        gateway.user.expect("487");
        assertTrue(phone.receive().startsWith("ACK "));
    }

    @Test
    void aStrangerGetsNothingAndIsCountedAndOthersGoOn() throws Exception {
        try (UdpPhone stranger = new UdpPhone("127.0.0.9")) {
            for (String method : new String[] {"INVITE", "OPTIONS", "BYE", "ACK", "CANCEL", "SUBSCRIBE"}) {
                stranger.send(stranger.request(method, "stranger" + method), gateway.udp());
            }
            stranger.send("SIP/2.0 200 OK\r\n\r\n", gateway.udp());
            stranger.send(Text.answer(phone.request("INVITE", "x"), 200), gateway.udp());
            Gateway.await(
                    "all counted",
                    () -> gateway.dropped(Drop.STRANGER) == 6 && gateway.dropped(Drop.STRAY_RESPONSE) == 1);
            stranger.hearsNothingFor(300);
            assertTrue(gateway.user.quiet());
            stranger.send(stranger.request("REGISTER", "register"), gateway.udp());
            assertEquals("SIP/2.0 200 OK", firstLine(stranger.receive()));
        }
        phone.send(phone.request("OPTIONS", "after"), gateway.udp());
        assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
    }

    @Test
    void aTrunkBehindAProxyIsLetInAndAStrangerBehindItIsNot() throws Exception {
        try (UdpPhone proxy = new UdpPhone("127.0.0.3")) {
            proxy.send(proxy.request("OPTIONS", "own"), gateway.udp());
            assertEquals("SIP/2.0 200 OK", firstLine(proxy.receive()));
            proxy.send(
                    proxy.request("INVITE", "stranger", "Via: SIP/2.0/UDP 127.0.0.9;branch=z9hG4bKs"), gateway.udp());
            Gateway.await("counted", () -> gateway.dropped(Drop.STRANGER_BEHIND_PROXY) == 1);
            proxy.send(proxy.request("INVITE", "trunk", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKt"), gateway.udp());
            gateway.user.expect("OPTIONS");
            Recorder.Told invite = gateway.user.expect("INVITE");
            assertEquals("127.0.0.1", invite.arrival().origin().getHostAddress());
            assertEquals("127.0.0.3", invite.arrival().remote().getAddress().getHostAddress());
        }
    }

    @Test
    void garbageIsCountedAndOthersGoOn() throws Exception {
        Random random = new Random(11);
        byte[] whole = phone.request("INVITE", "cut").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(1500)];
            random.nextBytes(garbage);
            phone.send(garbage, gateway.udp());
            phone.send(java.util.Arrays.copyOf(whole, random.nextInt(60)), gateway.udp());
        }
        phone.send("\r\n\r\n", gateway.udp());
        phone.send(new byte[0], gateway.udp());
        phone.send(phone.request("OPTIONS", "after"), gateway.udp());
        String answer = phone.receive();
        while (!answer.contains("call-after")) {
            answer = phone.receive();
        }
        assertEquals("SIP/2.0 200 OK", firstLine(answer));
        assertTrue(gateway.dropped(Drop.UNREADABLE) >= 200);
        assertEquals(0, gateway.dropped(Drop.HANDLING_FAILED));
    }

    @Test
    void aMalformedRequestIsAnswered400() throws Exception {
        phone.send(phone.request("INVITE", "bad").replace("CSeq: 1 INVITE", "CSeq: one INVITE"), gateway.udp());
        assertTrue(firstLine(phone.receive()).startsWith("SIP/2.0 400 "));
        assertEquals(1, gateway.endpoint.counters().malformed());
        assertTrue(gateway.user.quiet());
    }

    @Test
    void aDatagramAtTheLimitIsTakenAndOneByteMoreIsCounted() throws Exception {
        String plain = phone.request("OPTIONS", "size");
        io.segue.net.Limits d = io.segue.net.Limits.defaults();
        int length = plain.length();
        try (Gateway small = new Gateway(SipConfig.of("127.0.0.1", 0).with(withDatagramBytes(d, length)))) {
            phone.send(plain.replace("size", "long"), small.udp());
            assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
            phone.send(plain.replace("size", "longer"), small.udp());
            Gateway.await("counted", () -> small.dropped(Drop.TOO_LONG) == 1);
            phone.hearsNothingFor(100);
        }
    }

    /** RFC 3261, 18.1.1: 65,535 bytes with the headers of IP and UDP. */
    @Test
    void theLongestThatUdpCarriesIsTakenByDefault() throws Exception {
        phone.send(filled("most", 65_507), gateway.udp());
        assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
    }

    /** An INFO of so many bytes. */
    private String filled(String branch, int bytes) {
        String head = phone.request("INFO", branch, "Content-Type: text/plain")
                .replace("Content-Length: 0", "Content-Length: 12345");
        int body = bytes - head.length();
        return head.replace("12345", Integer.toString(body)) + "x".repeat(body);
    }

    @Test
    void aDatagramHasSixtyFourKilobytesAtMost() {
        io.segue.net.Limits d = io.segue.net.Limits.defaults();
        assertEquals(65_535, withDatagramBytes(d, 65_535).datagramBytesMax());
        assertThrows(IllegalArgumentException.class, () -> withDatagramBytes(d, 65_536));
    }

    @Test
    void anErrorInTheHandlingOfAMessageIsCountedAndTheNextOneIsTaken() throws Exception {
        phone.send(phone.request("INFO", "break", "X-Break: yes"), gateway.udp());
        assertEquals("SIP/2.0 500 Server Internal Error", firstLine(phone.receive()));
        Gateway.await("counted", () -> gateway.dropped(Drop.HANDLING_FAILED) == 1);
        phone.send(phone.request("INFO", "after"), gateway.udp());
        assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
        assertTrue(gateway.endpoint.health().turning(5_000));
    }

    @Test
    void answersAPeerBehindANatThatKnowsNoRportWhenConfigured() throws Exception {
        try (Gateway symmetric = new Gateway(SipConfig.of("127.0.0.1", 0).replyingToSource(true))) {
            phone.send(
                    phone.request("OPTIONS", "nat").replace(Text.hostPort(phone.address()), "10.9.9.9:5060"),
                    symmetric.udp());
            String answer = phone.receive();
            assertEquals("SIP/2.0 200 OK", firstLine(answer));
            assertTrue(answer.contains("received=127.0.0.1"), answer);
        }
    }

    @Test
    void tellsPeersTheAdvertisedAddress() throws Exception {
        try (Gateway advertised = new Gateway(SipConfig.of("127.0.0.1", 0).advertising("sip.example.com"))) {
            advertised.endpoint.request(request("OPTIONS"), Destination.udp(phone.address()));
            int port = advertised.udp().getPort();
            assertTrue(phone.receive().contains("Via: SIP/2.0/UDP sip.example.com:" + port + ";"));
            assertEquals(
                    "sip.example.com",
                    advertised.endpoint.reachedAt(Transport.TCP).host());
        }
    }

    @Test
    void looksAHostNameUpAndTellsWhenItHasNoAddress() throws Exception {
        gateway.endpoint.request(
                request("OPTIONS"),
                Destination.udp(InetSocketAddress.createUnresolved(
                        "localhost", phone.address().getPort())));
        assertTrue(phone.receive().startsWith("OPTIONS "));
        ClientTransactionId id = gateway.endpoint.request(
                request("OPTIONS"), Destination.udp(InetSocketAddress.createUnresolved("nothing.invalid", 5060)));
        Recorder.Told told = gateway.user.expect("transport error");
        assertEquals(id, told.client());
    }

    @Test
    void aTakenPortIsOneClearSentence() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            IOException e =
                    assertThrows(IOException.class, () -> new Gateway(SipConfig.of("127.0.0.1", other.getLocalPort())));
            assertTrue(
                    e.getMessage()
                            .startsWith(
                                    "SIP cannot listen, UDP port " + other.getLocalPort() + " of 127.0.0.1 is taken"),
                    e.getMessage());
        }
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress("127.0.0.1", 0));
            IOException e =
                    assertThrows(IOException.class, () -> new Gateway(SipConfig.of("127.0.0.1", other.getLocalPort())));
            assertTrue(e.getMessage().contains("TCP port " + other.getLocalPort()), e.getMessage());
            new DatagramSocket(new InetSocketAddress("127.0.0.1", other.getLocalPort())).close();
        }
    }

    @Test
    void healthKnowsWhetherTheListenersTurn() throws Exception {
        assertTrue(gateway.endpoint.health().turning(5_000));
        gateway.close();
        assertFalse(gateway.endpoint.health().turning(5_000));
        try (Gateway again = new Gateway(SipConfig.of("127.0.0.1", gateway.udp().getPort()))) {
            assertTrue(again.endpoint.health().open(), "the port is free again");
        }
    }

    static SipRequest request(String method) {
        Headers headers = Headers.of(
                "Max-Forwards",
                "70",
                "From",
                "<sip:us@127.0.0.1>;tag=us",
                "To",
                "<sip:them@127.0.0.1>",
                "Call-ID",
                "ours",
                "CSeq",
                "1 " + method);
        return new SipRequest(method, Uri.parse("sip:them@127.0.0.1").orElseThrow(), headers);
    }

    static io.segue.net.Limits withDatagramBytes(io.segue.net.Limits d, int datagramBytesMax) {
        return new io.segue.net.Limits(
                d.messageBytesMax(),
                datagramBytesMax,
                d.connectionsMax(),
                d.strangerConnectionsMax(),
                d.unsentBytesMax(),
                d.idleMs(),
                d.firstMessageMs(),
                d.connectMs(),
                d.registersPerMinuteMax(),
                d.registersPerSecondMax(),
                d.registerSourcesMax(),
                d.calledPeersMax(),
                d.datagramBufferBytes());
    }
}
