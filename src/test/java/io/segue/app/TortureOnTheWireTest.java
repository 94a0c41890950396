package io.segue.app;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.segue.flow.record.Webhooks;
import io.segue.registry.Directory;
import io.segue.sip.message.CSeq;
import io.segue.sip.message.Headers;
import io.segue.sip.message.Limits;
import io.segue.sip.message.Parsed;
import io.segue.sip.message.SipParser;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.message.SipUri;
import io.segue.sip.message.SipWriter;
import io.segue.sip.message.TortureTable;
import io.segue.sip.message.Via;
import io.segue.store.RedisTestResource;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * The torture messages over UDP from a trunk to the whole gateway, met as the committed table says. Answers go to the
 * port of the topmost Via (RFC 3261 18.2.2), so the trunk listens at those ports of a loopback address of its own.
 */
@QuarkusTest
@TestProfile(TortureOnTheWireTest.Alone.class)
@QuarkusTestResource(value = RedisTestResource.class, restrictToAnnotatedClass = true)
class TortureOnTheWireTest {

    private static final int[] PORTS = {5060, 5050, 6050, 19_823};
    private static final long WAIT_MS = 10_000;

    /** The gateway with no agents, on a port of its own. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // segue.torture is the tests' own and in no mapping.
                    "smallrye.config.mapping.validate-unknown", "false",
                    "segue.sip.host", "127.0.0.1",
                    "segue.sip.port", "0",
                    "segue.sip.registers-per-minute-max", "1000",
                    "segue.media.ports", "42000-42199",
                    "segue.api.keys", "ada:admin:aaaaaaaaaaaaaaaa-ada",
                    "segue.signing-key", "0123456789abcdef0123456789abcdef");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(NoWebhooks.class);
        }
    }

    /** No message here leads to a webhook. */
    @Alternative
    @Singleton
    static class NoWebhooks implements Webhooks {
        @Override
        public void post(String type, Map<String, Object> data) {
            throw new IllegalStateException(type);
        }
    }

    @Inject
    GatewayLife life;

    @Inject
    Directory directory;

    private final List<DatagramChannel> sockets = new ArrayList<>();
    private Selector selector;
    private InetSocketAddress gateway;
    private final Set<String> transactions = new HashSet<>();
    private int probes;

    @BeforeEach
    void listenAsTheTrunk() throws IOException {
        assumeTrue(
                TortureTable.messagesArePresent(),
                "the torture messages are not in " + TortureTable.directory() + " (-Dsegue.torture=DIR)");
        gateway = new InetSocketAddress("127.0.0.1", life.sipPort());
        selector = Selector.open();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String address = "127." + random.nextInt(1, 255) + "." + random.nextInt(1, 255) + "." + random.nextInt(1, 255);
        assertTrue(directory
                .trunk("torture", Map.of("addresses", List.of(address)))
                .isEmpty());
        for (int port : PORTS) {
            sockets.add(bound(address, port));
        }
    }

    private DatagramChannel bound(String address, int port) throws IOException {
        DatagramChannel socket = DatagramChannel.open();
        try {
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            socket.close();
            assumeTrue(false, "port " + port + " is taken on every address of this machine");
        }
        socket.configureBlocking(false);
        socket.register(selector, SelectionKey.OP_READ);
        return socket;
    }

    @AfterEach
    void close() throws IOException {
        for (DatagramChannel socket : sockets) {
            socket.close();
        }
        if (selector != null) {
            selector.close();
        }
    }

    @Test
    void meetsEachMessageAsTheTableSays() {
        List<Executable> all = new ArrayList<>();
        for (TortureTable.Row row : TortureTable.rows()) {
            all.add(() -> meets(row));
        }
        assertEquals(61, all.size());
        assertAll(all);
    }

    private void meets(TortureTable.Row row) throws IOException {
        byte[] message = ofItsOwn(row.message());
        send(message);
        if (row.gateway().equals(List.of("dropped"))) {
            // A probe behind it is answered and nothing before.
            assertEquals(
                    List.of(),
                    answersBefore(probe(), raw(message, "Via", "v"), raw(message, "CSeq", "cseq")),
                    row.toString());
            return;
        }
        SipResponse answer = answer(raw(message, "Via", "v"), raw(message, "CSeq", "cseq"), row.toString());
        assertTrue(row.gateway().contains(String.valueOf(answer.status())), () -> row + " was answered " + answer);
        if (!row.headers().equals("-")) {
            String[] wanted = row.headers().split("=", 2);
            String value = answer.header(wanted[0]);
            assertTrue(value != null && (wanted.length == 1 || value.equals(wanted[1])), () -> row + " " + answer);
        }
        if (SipParser.parse(message, Limits.defaults()) instanceof Parsed.Message(SipRequest request)
                && request.is("INVITE")) {
            acknowledge(request, answer);
        }
    }

    /**
     * Some of the messages share branch, host and method: to one gateway they would be one transaction,
     * so the later ones get a branch of their own, and a From tag lest they be merged requests (8.2.2.2).
     */
    private byte[] ofItsOwn(byte[] message) {
        String transaction =
                raw(message, "Via", "v") + raw(message, "CSeq", "cseq").replaceFirst("^\\d+", "");
        if (transactions.add(transaction)) {
            return message;
        }
        return new String(message, StandardCharsets.ISO_8859_1)
                .replaceFirst("(branch=[^;,\\s]+)", "$1-" + ++probes)
                .replaceFirst("(?m)^(From:.*;tag=[^;\\s]+)", "$1-" + probes)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** So that the answer to an INVITE is not sent again. */
    private void acknowledge(SipRequest invite, SipResponse answer) throws IOException {
        Headers headers = Headers.of(
                "Via", invite.headers().all("Via").getFirst(),
                "From", String.valueOf(invite.header("From")),
                "To", String.valueOf(answer.header("To")),
                "Call-ID", invite.callId(),
                "CSeq", new CSeq(invite.cseq().number(), "ACK").toString());
        send(SipWriter.write(new SipRequest("ACK", invite.requestUri(), headers)));
    }

    private String probe() throws IOException {
        String callId = "probe-" + ++probes;
        Headers headers = Headers.of(
                "Via",
                        Via.of("UDP", "trunk.example.com", 5060, "z9hG4bK-" + callId)
                                .toString(),
                "From", "<sip:trunk@example.com>;tag=1",
                "To", "<sip:gateway@example.com>",
                "Call-ID", callId,
                "CSeq", "1 OPTIONS",
                "Max-Forwards", "70");
        send(SipWriter.write(new SipRequest("OPTIONS", SipUri.of("gateway", "example.com", null), headers)));
        return callId;
    }

    private SipResponse answer(String via, String cseq, String what) throws IOException {
        long deadline = System.nanoTime() + WAIT_MS * 1_000_000;
        while (System.nanoTime() < deadline) {
            SipResponse next = next(deadline);
            if (next != null && next.status() >= 200 && isTo(next, via, cseq)) {
                return next;
            }
        }
        throw new AssertionError(what + " was not answered");
    }

    private List<SipResponse> answersBefore(String probe, String via, String cseq) throws IOException {
        List<SipResponse> answers = new ArrayList<>();
        long deadline = System.nanoTime() + WAIT_MS * 1_000_000;
        while (System.nanoTime() < deadline) {
            SipResponse next = next(deadline);
            if (next != null && probe.equals(next.header("Call-ID"))) {
                return answers;
            }
            if (next != null && isTo(next, via, cseq)) {
                answers.add(next);
            }
        }
        throw new AssertionError("the probe was not answered");
    }

    /** Not every message has a Call-ID, and two that differ share one; host and CSeq together tell them apart. */
    private static boolean isTo(SipResponse response, String via, String cseq) {
        String host = via.replaceFirst("(?s)^.*?/.*?/\\s*\\S+\\s+([^;,\\s]+).*$", "$1");
        return squeezed(String.valueOf(response.header("CSeq"))).equals(squeezed(cseq))
                && String.valueOf(response.header("Via")).contains(host);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    /** A header's value out of the octets, folded lines and all. */
    private static String raw(byte[] message, String name, String other) {
        String text = new String(message, StandardCharsets.UTF_8).replaceAll("\r\n[ \t]+", " ");
        return text.lines()
                .skip(1)
                .filter(line -> line.matches("(?is)(" + name + "|" + other + ")\\s*:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private void send(byte[] datagram) throws IOException {
        sockets.getFirst().send(ByteBuffer.wrap(datagram), gateway);
    }

    private SipResponse next(long deadline) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(65_535);
        for (int turn = 0; turn < 2; turn++) {
            for (DatagramChannel socket : sockets) {
                if (socket.receive(buffer) != null) {
                    byte[] octets = Arrays.copyOf(buffer.array(), buffer.position());
                    Parsed parsed = SipParser.parse(octets, Limits.defaults());
                    if (parsed instanceof Parsed.Message message) {
                        return assertInstanceOf(SipResponse.class, message.message());
                    }
                    return lenient(octets);
                }
            }
            if (turn == 0) {
                selector.select(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
                selector.selectedKeys().clear();
            }
        }
        return null;
    }

    /** The answer to a message without its headers is itself without them. */
    private static SipResponse lenient(byte[] octets) {
        String[] lines = new String(octets, StandardCharsets.UTF_8).split("\r\n");
        Headers.Builder headers = Headers.builder();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1));
            }
        }
        return new SipResponse(Integer.parseInt(lines[0].substring(8, 11)), lines[0].substring(11), headers.build());
    }
}
