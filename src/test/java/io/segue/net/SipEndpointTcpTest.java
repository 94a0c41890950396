package io.segue.net;

import static io.segue.net.Text.firstLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.sip.message.SipRequest;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.Destination;
import io.segue.sip.transaction.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SipEndpointTcpTest {
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new Gateway();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void answersMessagesThatComeInPiecesAndTogether() throws Exception {
        try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            String first = phone.request("OPTIONS", "first");
            for (int at = 0; at < first.length(); at += 40) {
                phone.send(first.substring(at, Math.min(first.length(), at + 40)));
            }
            assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
            phone.send(phone.request("OPTIONS", "second") + phone.request("INFO", "third"));
            assertTrue(phone.receive().contains("call-second"));
            assertTrue(phone.receive().contains("call-third"));
        }
    }

    @Test
    void answersAKeepAliveWithASingleLineEnd() throws Exception {
        try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            phone.send("\r\n\r\n");
            assertEquals("\r\n", phone.receive());
            phone.send(phone.request("OPTIONS", "after"));
            assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
        }
    }

    @Test
    void withoutContentLengthAnswers400AndCloses() throws Exception {
        try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            phone.send(phone.request("OPTIONS", "bare").replace("Content-Length: 0\r\n", ""));
            assertTrue(firstLine(phone.receive()).startsWith("SIP/2.0 400 "));
            assertNull(phone.receive());
        }
        assertEquals(1, gateway.dropped(Drop.UNFRAMED));
    }

    @Test
    void takesAMessageAtTheLimitAndAnswers513PastItAndCloses() throws Exception {
        try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            String bare = phone.request("INFO", "xx").replace("Content-Length: 0\r\n\r\n", "");
            int body = 65_535 - bare.length() - "Content-Length: 00000\r\n\r\n".length();
            phone.send(bare + "Content-Length: " + body + "\r\n\r\n" + "x".repeat(body));
            assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
            phone.send(bare.replace("xx", "yy") + "Content-Length: " + (body + 1) + "\r\n\r\n" + "x".repeat(body));
            String answer = phone.receive();
            assertEquals("SIP/2.0 513 Message Too Large", firstLine(answer));
            assertTrue(answer.contains("call-yy"));
            assertNull(phone.receive());
        }
        assertEquals(1, gateway.dropped(Drop.TOO_LONG));
    }

    @Test
    void aHeaderSectionWithoutEndIsClosedAndOthersGoOn() throws Exception {
        try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp());
                TcpPhone other = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            phone.send("OPTIONS sip:x SIP/2.0\r\nX: " + "x".repeat(65_536));
            assertEnds(phone);
            other.send(other.request("OPTIONS", "other"));
            assertEquals("SIP/2.0 200 OK", firstLine(other.receive()));
        }
    }

    @Test
    void aStrangersConnectionIsClosedUnlessItRegisters() throws Exception {
        try (TcpPhone stranger = TcpPhone.connect("127.0.0.9", gateway.tcp())) {
            stranger.send(stranger.request("REGISTER", "in"));
            assertEquals("SIP/2.0 200 OK", firstLine(stranger.receive()));
            stranger.send(stranger.request("INVITE", "out"));
            assertEnds(stranger);
        }
        assertEquals(1, gateway.dropped(Drop.STRANGER));
    }

    @Test
    void aStrayResponseOfATrunkLeavesItsConnectionOpen() throws Exception {
        try (TcpPhone trunk = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            trunk.send(Text.answer(trunk.request("BYE", "stray"), 200));
            trunk.send(trunk.request("OPTIONS", "after"));
            assertEquals("SIP/2.0 200 OK", firstLine(trunk.receive()));
        }
        assertEquals(1, gateway.dropped(Drop.STRAY_RESPONSE));
    }

    @Test
    void aStrangerBehindAProxyLeavesTheProxysConnectionOpen() throws Exception {
        try (TcpPhone proxy = TcpPhone.connect("127.0.0.3", gateway.tcp())) {
            proxy.send(proxy.request("INVITE", "stranger", "Via: SIP/2.0/UDP 127.0.0.9;branch=z9hG4bKs"));
            proxy.send(proxy.request("OPTIONS", "own"));
            assertTrue(proxy.receive().contains("call-own"));
        }
        assertEquals(1, gateway.dropped(Drop.STRANGER_BEHIND_PROXY));
    }

    @Test
    void requestsToAPeerGoDownItsConnection() throws Exception {
        try (TcpPhone phone = TcpPhone.connect("127.0.0.2", gateway.tcp())) {
            phone.send(phone.request("REGISTER", "register"));
            phone.receive();
            Arrival arrival = gateway.user.expect("REGISTER").arrival();
            InetSocketAddress nowhere = new InetSocketAddress("127.0.0.2", 9);
            gateway.endpoint.request(
                    SipEndpointUdpTest.request("OPTIONS"), Destination.connection(arrival.connection(), nowhere));
            String request = phone.receive();
            assertTrue(request.startsWith("OPTIONS ") && request.contains("Via: SIP/2.0/TCP "), request);
            phone.send(Text.answer(request, 200));
            gateway.user.expect("200");
            assertEquals(1, gateway.endpoint.connections());
        }
    }

    @Test
    void opensAConnectionForARequestAndUsesItAgain() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            Destination to = Destination.tcp((InetSocketAddress) server.getLocalSocketAddress());
            gateway.endpoint.request(SipEndpointUdpTest.request("OPTIONS"), to);
            gateway.endpoint.request(SipEndpointUdpTest.request("INFO"), to);
            try (TcpPhone phone = new TcpPhone(server.accept())) {
                String options = phone.receive();
                assertTrue(options.startsWith("OPTIONS "));
                assertTrue(phone.receive().startsWith("INFO "));
                phone.send(Text.answer(options, 200));
                gateway.user.expect("200");
            }
        }
    }

    @Test
    void anAnswerGoesToTheViaWhenTheConnectionIsLost() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            Recorder.Told invite;
            try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
                phone.send(Text.request("INVITE", "TCP", "127.0.0.1:" + server.getLocalPort(), "lost"));
                invite = gateway.user.expect("INVITE");
            }
            Gateway.await("the connection is gone", () -> gateway.endpoint.connections() == 0);
            gateway.user.answer(invite, 200);
            try (TcpPhone back = new TcpPhone(server.accept())) {
                assertTrue(back.receive().contains("call-lost"));
            }
        }
    }

    @Test
    void aRefusedConnectionIsATransportError() throws Exception {
        gateway.endpoint.request(SipEndpointUdpTest.request("INVITE"), Destination.tcp(freePort()));
        gateway.user.expect("transport error");
    }

    @Test
    void aLongRequestGoesByTcpAndByUdpWhenThatIsRefused() throws Exception {
        SipRequest big = SipEndpointUdpTest.request("INFO").withBody("text/plain", new byte[2_000]);
        try (UdpPhone phone = new UdpPhone("127.0.0.1")) {
            gateway.endpoint.request(big, Destination.udp(phone.address()));
            String request = phone.receive();
            assertTrue(request.contains("Via: SIP/2.0/UDP "), request);
            try (ServerSocket server = new ServerSocket()) {
                server.bind(phone.address());
                gateway.endpoint.request(big, Destination.udp(phone.address()));
                try (TcpPhone tcp = new TcpPhone(server.accept())) {
                    assertTrue(tcp.receive().contains("Via: SIP/2.0/TCP "));
                }
            }
        }
    }

    @Test
    void aConnectionPastTheLimitIsClosedAndTheOthersGoOn() throws Exception {
        Limits limits = limits(2, 1, 600_000, 262_144);
        try (Gateway small = new Gateway(SipConfig.of("127.0.0.1", 0).with(limits));
                TcpPhone stranger = TcpPhone.connect("127.0.0.9", small.tcp());
                TcpPhone strangerTooMany = TcpPhone.connect("127.0.0.9", small.tcp())) {
            assertEnds(strangerTooMany);
            try (TcpPhone trunk = TcpPhone.connect("127.0.0.1", small.tcp());
                    TcpPhone tooMany = TcpPhone.connect("127.0.0.1", small.tcp())) {
                assertEnds(tooMany);
                trunk.send(trunk.request("OPTIONS", "trunk"));
                assertEquals("SIP/2.0 200 OK", firstLine(trunk.receive()));
                stranger.send(stranger.request("REGISTER", "stranger"));
                assertEquals("SIP/2.0 200 OK", firstLine(stranger.receive()));
            }
            assertEquals(2, small.dropped(Drop.CONNECTIONS_MAX));
        }
    }

    @Test
    void anIdleConnectionIsClosedAndSoIsAStrangersWithoutAMessage() throws Exception {
        try (Gateway impatient = new Gateway(SipConfig.of("127.0.0.1", 0).with(limits(10, 10, 1_500, 262_144)));
                TcpPhone trunk = TcpPhone.connect("127.0.0.1", impatient.tcp());
                TcpPhone stranger = TcpPhone.connect("127.0.0.9", impatient.tcp())) {
            assertEnds(stranger);
            trunk.send(trunk.request("OPTIONS", "alive"));
            assertEquals("SIP/2.0 200 OK", firstLine(trunk.receive()));
            assertEnds(trunk);
        }
    }

    @Test
    void aPeerThatDoesNotReadIsClosedAndCounted() throws Exception {
        try (Gateway gateway = new Gateway(SipConfig.of("127.0.0.1", 0).with(limits(10, 10, 600_000, 10_000)));
                TcpPhone deaf = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            deaf.send(deaf.request("INFO", "hello"));
            Arrival arrival = gateway.user.expect("INFO").arrival();
            SipRequest big = SipEndpointUdpTest.request("MESSAGE").withBody("text/plain", new byte[9_000]);
            int sent = 0;
            while (gateway.dropped(Drop.UNSENT_MAX) == 0 && sent < 5_000) {
                gateway.endpoint.request(big, arrival.back());
                sent++;
                if (sent % 100 == 0) {
                    Thread.sleep(1);
                }
            }
            Gateway.await("closed", () -> gateway.dropped(Drop.UNSENT_MAX) >= 1);
            gateway.user.expect("transport error");
        }
    }

    @Test
    void garbageOnAConnectionHurtsNobody() throws Exception {
        List<TcpPhone> phones = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp());
            phones.add(phone);
            phone.send("\u0000\u0001\r\n\r\n garbage " + i + "\r\n\r\nContent-Length: 3\r\n\r\nabc");
        }
        try (TcpPhone phone = TcpPhone.connect("127.0.0.1", gateway.tcp())) {
            phone.send(phone.request("OPTIONS", "after"));
            assertEquals("SIP/2.0 200 OK", firstLine(phone.receive()));
        }
        for (TcpPhone phone : phones) {
            phone.close();
        }
        Gateway.await("nothing is left", () -> gateway.endpoint.connections() == 0);
        assertEquals(0, gateway.dropped(Drop.HANDLING_FAILED));
    }

    @Test
    void bothTransportsShareOnePortNumber() {
        assertEquals(
                gateway.endpoint.reachedAt(Transport.UDP).port(),
                gateway.endpoint.reachedAt(Transport.TCP).port());
    }

    private static void assertEnds(TcpPhone phone) throws IOException {
        try {
            assertNull(phone.receive());
        } catch (SocketException reset) {
            assertTrue(
                    reset.getMessage().contains("reset") || reset.getMessage().contains("Broken"), reset::getMessage);
        }
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            return (InetSocketAddress) server.getLocalSocketAddress();
        }
    }

    private static Limits limits(int connectionsMax, int strangerConnectionsMax, int idleMs, int unsentBytesMax) {
        Limits d = Limits.defaults();
        return new Limits(
                d.messageBytesMax(),
                d.datagramBytesMax(),
                connectionsMax,
                strangerConnectionsMax,
                unsentBytesMax,
                idleMs,
                500,
                d.connectMs(),
                d.registersPerMinuteMax(),
                d.registersPerSecondMax(),
                d.registerSourcesMax(),
                d.calledPeersMax(),
                d.datagramBufferBytes());
    }
}
