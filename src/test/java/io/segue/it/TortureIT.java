package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.segue.sip.message.TortureTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All messages of RFC 4475 and RFC 5118, sent by the trunk to the running gateway: it reacts as the committed table says. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TortureIT {
    private static final String TRUNK = "127.0.0.1";
    private static final Pattern BRANCH = Pattern.compile("branch=(z9hG4bK[^\\s;]+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^(?:Content-Length|l)[ \t]*:[ \t]*(\\d+)[ \t]*$");
    private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:Call-ID|i)[ \t]*:\\s*(\\S+)[ \t]*$");

    @BeforeEach
    void begin() {
        assumeTrue(
                TortureTable.messagesArePresent(),
                "the torture messages are not in " + TortureTable.directory() + " (-Dsegue.torture=DIR)");
    }

    @AfterEach
    void nothingFailed() throws Exception {
        assertEquals(0, SipGateway.get().metric("segue_sip_dropped_total", "handling_failed"));
        assertEquals(0, SipGateway.get().metric("segue_faults_total", ""));
    }

    static Stream<TortureTable.Row> all() {
        return TortureTable.rows().stream();
    }

    /** Requests that say where they end, as a stream needs it, and can be told from those sent over UDP. */
    static Stream<TortureTable.Row> framed() {
        return TortureTable.messagesArePresent()
                ? all().filter(row -> !row.gateway().contains("dropped"))
                        .filter(row -> CALL_ID.matcher(text(row)).find())
                        .filter(TortureIT::saysItsLength)
                : all();
    }

    private static boolean saysItsLength(TortureTable.Row row) {
        String text = text(row);
        int head = text.indexOf("\r\n\r\n") + 4;
        Matcher length = LENGTH.matcher(text.substring(0, head));
        return length.find() && Integer.parseInt(length.group(1)) == text.length() - head && !length.find();
    }

    /** Byte for byte, but where a message before it in the table has its branch: it would be taken for that one's retransmission (RFC 3261 17.2.3). */
    private static String once(TortureTable.Row row) {
        Matcher branch = BRANCH.matcher(text(row));
        boolean taken = branch.find()
                && all().takeWhile(other -> !other.name().equals(row.name()))
                        .map(other -> BRANCH.matcher(text(other)))
                        .anyMatch(other -> other.find() && other.group(1).equals(branch.group(1)));
        return taken ? again(row) : text(row);
    }

    /** As a transaction of its own, and not as one that came by two ways (RFC 3261 8.2.2.2). */
    private static String again(TortureTable.Row row) {
        String fresh = RawSip.fresh();
        String branched = BRANCH.matcher(text(row)).replaceFirst("$0" + fresh);
        Matcher callId = CALL_ID.matcher(branched);
        return callId.find()
                ? branched.substring(0, callId.start(1)) + fresh + branched.substring(callId.start(1))
                : branched;
    }

    private static String text(TortureTable.Row row) {
        return new String(row.message(), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("all")
    void reactsOverUdpAsTheTableSays(TortureTable.Row row) throws Exception {
        try (RawSip trunk = RawSip.udp(TRUNK)) {
            reacts(trunk, row, once(row));
        }
    }

    @ParameterizedTest
    @Order(2)
    @MethodSource("framed")
    void reactsOverTcpAsTheTableSays(TortureTable.Row row) throws Exception {
        try (RawSip trunk = RawSip.tcp(TRUNK)) {
            reacts(trunk, row, again(row));
        }
    }

    private static void reacts(RawSip trunk, TortureTable.Row row, String message) throws Exception {
        trunk.send(message);
        List<RawSip.Message> answers = trunk.untilPing().stream()
                .filter(answer -> answer.status() != 100)
                .distinct()
                .toList();
        if (row.gateway().contains("dropped")) {
            assertEquals(List.of(), answers, row.quote());
            return;
        }
        assertEquals(1, answers.size(), () -> row.quote() + " " + answers);
        RawSip.Message answer = answers.getFirst();
        assertTrue(row.gateway().contains("" + answer.status()), () -> row.gateway() + ", not " + answer.text());
        Matcher asked = CALL_ID.matcher(message);
        if (asked.find()) {
            assertEquals(asked.group(1), answer.header("Call-ID"));
        }
        if (!row.headers().equals("-")) {
            String[] wanted = row.headers().split("=", 2);
            String value = answer.header(wanted[0]);
            assertFalse(value.isEmpty(), () -> wanted[0] + " in " + answer.text());
            assertTrue(wanted.length == 1 || value.equals(wanted[1]), answer::text);
        }
    }

    @Test
    @Order(3)
    void carriesAnOrdinaryCallAfterAllOfThem() throws Exception {
        for (TortureTable.Row row : TortureTable.rows()) {
            try (RawSip trunk = RawSip.udp(TRUNK)) {
                trunk.send(again(row));
                trunk.untilPing();
            }
        }
        try (AgentAtWork agent = new AgentAtWork()) {
            AgentAtWork.Call call = agent.call();
            Until.holds(
                    "the agent at the caller's ear",
                    () -> new Ear(call.caller().tape()).firstPacket(Voice.AGENT_HERTZ, 0) >= 0);
            Until.holds(
                    "the caller at the bot's",
                    () -> new Ear(call.bot().tape()).firstPacket(Voice.CALLER_HERTZ, 0) >= 0);
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
