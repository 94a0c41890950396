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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All messages of RFC 4475 and RFC 5118, sent by the trunk to the running gateway: it reacts as the committed table says. */
class TortureIT {
    private static final String TRUNK = "127.0.0.1";

    @BeforeAll
    static void begin() {
        assumeTrue(
                TortureTable.messagesArePresent(),
                "the torture messages are not in " + TortureTable.directory() + " (-Dsegue.torture=DIR)");
    }

    @AfterEach
    void nothingFailed() throws Exception {
        assertEquals(0, SharedGateway.get().metric("segue_sip_dropped_total", "handling_failed"));
        assertEquals(0, SharedGateway.get().metric("segue_faults_total", ""));
    }

    static Stream<TortureTable.Row> all() {
        return TortureTable.rows().stream();
    }

    /** Requests whose end a stream can tell, and one in each: the others are of datagrams. */
    static Stream<TortureTable.Row> framed() {
        return all().filter(row -> row.parser().equals("accepted") && !row.gateway().contains("dropped"))
                .filter(row -> !row.name().equals("dblreq"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void reactsOverUdpAsTheTableSays(TortureTable.Row row) throws Exception {
        try (RawSip trunk = RawSip.udp(TRUNK)) {
            reacts(trunk, row);
        }
    }

    @ParameterizedTest
    @MethodSource("framed")
    void reactsOverTcpAsTheTableSays(TortureTable.Row row) throws Exception {
        try (RawSip trunk = RawSip.tcp(TRUNK)) {
            reacts(trunk, row);
        }
    }

    private static void reacts(RawSip trunk, TortureTable.Row row) throws Exception {
        trunk.send(row.message());
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
        String asked = new RawSip.Message(new String(row.message(), StandardCharsets.ISO_8859_1)).header("Call-ID");
        if (!asked.isEmpty()) {
            assertEquals(asked, answer.header("Call-ID"));
        }
        if (!row.headers().equals("-")) {
            String[] wanted = row.headers().split("=", 2);
            String value = answer.header(wanted[0]);
            assertFalse(value.isEmpty(), () -> wanted[0] + " in " + answer.text());
            assertTrue(wanted.length == 1 || value.equals(wanted[1]), answer::text);
        }
    }

    @Test
    void carriesAnOrdinaryCallAfterAllOfThem() throws Exception {
        for (TortureTable.Row row : TortureTable.rows()) {
            try (RawSip trunk = RawSip.udp(TRUNK)) {
                trunk.send(row.message());
                trunk.untilPing();
            }
        }
        try (AgentAtWork agent = new AgentAtWork()) {
            AgentAtWork.Call call = agent.call();
            Await.until(
                    "the agent at the caller's ear",
                    () -> new Ear(call.caller().tape()).firstPacket(Voice.AGENT_HERTZ, 0) >= 0);
            Await.until(
                    "the caller at the bot's",
                    () -> new Ear(call.bot().tape()).firstPacket(Voice.CALLER_HERTZ, 0) >= 0);
            call.caller().hangUp().get(Await.SECONDS, TimeUnit.SECONDS);
        }
    }
}
