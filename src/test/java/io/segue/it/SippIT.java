package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.bot.BotCall;
import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Tape;
import io.segue.demo.ear.Voice;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** sipp as the carrier: what it expects to be answered stands in its scenarios, what its caller and the bot hear is judged here. */
class SippIT {
    private static final String UDP = "u1";
    private static final long HEARD_LEAST = 25;

    private static final Map<String, String> OFFER_OF_NOBODY =
            Map.of("rtp_port", "9", "formats", "0 8 101", "ptime", "20");

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws Exception {
        Programs.need("sipp", "sip-tester");
        agent = new AgentAtWork();
    }

    @AfterEach
    void end() {
        if (agent != null) {
            agent.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"u1, call", "t1, call", "u1, delayed-offer", "t1, delayed-offer"})
    void carriesACallBothWays(String transport, String scenario) throws Exception {
        speaks(transport, scenario, 0, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 60})
    void speaksInThePacketTimeTheCallerAsksFor(int packetMs) throws Exception {
        speaks(UDP, "call", 0, packetMs);
    }

    @Test
    void speaksAlawToACallerThatHasNothingElse() throws Exception {
        speaks(UDP, "call", 8, 20);
    }

    private void speaks(String transport, String scenario, int payloadType, int packetMs) throws Exception {
        String from = agent.nextCaller();
        CompletableFuture<BotCall> expected = agent.expect(from);
        try (AudioSocket caller = new AudioSocket(Voice.callerTone(), payloadType, packetMs);
                Sipp sipp =
                        Sipp.calls(scenario, transport, from, agent.number(), offer(caller, payloadType, packetMs))) {
            BotCall bot = expected.get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            sipp.succeeds();
            bot.closed().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            long heard = heard(caller.tape(), Voice.AGENT_HERTZ);
            assertTrue(heard * packetMs >= HEARD_LEAST * 20, "packets of the agent's at the caller: " + heard);
            for (int i = 0; i < caller.tape().size(); i++) {
                assertEquals(packetMs * 8, caller.tape().samples(i), "samples of packet " + i);
                assertEquals(payloadType, caller.tape().payloadType(i), "payload type of packet " + i);
                assertEquals(caller.tape().ssrc(0), caller.tape().ssrc(i), "SSRC of packet " + i);
            }
            long toTheBot = heard(bot.tape(), Voice.CALLER_HERTZ);
            assertTrue(toTheBot >= HEARD_LEAST, "frames of the caller's at the bot: " + toTheBot);
            assertEquals(0, bot.chunkBreaks());
        }
    }

    @ParameterizedTest
    @CsvSource({"u1, hold", "t1, hold", "u1, update"})
    void holdsAndComesBackInTheSameStream(String transport, String scenario) throws Exception {
        String from = agent.nextCaller();
        CompletableFuture<BotCall> expected = agent.expect(from);
        try (AudioSocket caller = new AudioSocket(Voice.callerTone(), 0, 20);
                Sipp sipp = Sipp.calls(scenario, transport, from, agent.number(), offer(caller, 0, 20))) {
            BotCall bot = expected.get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            sipp.succeeds();
            bot.closed().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            Tape tape = caller.tape();
            int held = 0;
            long longest = 0;
            for (int i = 1; i < tape.size(); i++) {
                assertEquals(tape.ssrc(0), tape.ssrc(i), "SSRC of packet " + i);
                long pause = tape.arrival(i) - tape.arrival(i - 1);
                if (pause > longest) {
                    longest = pause;
                    held = i;
                }
            }
            // The caller holds for 1.5 s, and is sent nothing meanwhile (RFC 3264 8.4); time goes on all the same.
            assertTrue(longest > TimeUnit.MILLISECONDS.toNanos(1_000), "longest pause " + longest + " ns");
            assertEquals((tape.sequence(held - 1) + 1) & 0xFFFF, tape.sequence(held));
            double passed = (tape.timestamp(held) - tape.timestamp(held - 1)) / 8.0;
            assertEquals(longest / 1e6, passed, 500, "what the timestamp says has passed");
            Ear ear = caller.ear();
            assertTrue(ear.firstPacket(Voice.AGENT_HERTZ, 0) < held, "the agent before the hold");
            assertTrue(ear.firstPacket(Voice.AGENT_HERTZ, held) >= held, "the agent after the hold");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"options", "unknown-number", "requires-100rel"})
    void answersWithoutACall(String scenario) throws Exception {
        for (String transport : new String[] {"u1", "t1"}) {
            String number = scenario.equals("unknown-number") ? "+1666000" : agent.number();
            try (Sipp sipp = Sipp.calls(scenario, transport, agent.nextCaller(), number, OFFER_OF_NOBODY)) {
                sipp.succeeds();
            }
        }
    }

    private static Map<String, String> offer(AudioSocket audio, int payloadType, int packetMs) {
        return Map.of(
                "rtp_port", "" + audio.port(),
                "formats", payloadType == 8 ? "8 101" : "0 8 101",
                "ptime", "" + packetMs);
    }

    /** How many packets carry a voice. */
    private static long heard(Tape tape, int hertz) {
        Ear ear = new Ear(tape);
        long heard = 0;
        for (int i = 0; i < tape.size(); i++) {
            heard += ear.hears(hertz, i) ? 1 : 0;
        }
        return heard;
    }
}
