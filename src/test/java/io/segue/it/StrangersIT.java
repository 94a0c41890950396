package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneSettings;
import io.segue.demo.phone.SipRecord;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from strangers, and what is no SIP: no answer, a number in the metrics, and the call that is up goes on. */
class StrangersIT {
    private static final String TRUNK = "127.0.0.1";
    private static final String STRANGER = "127.0.0.2";
    private static final String DROPPED = "segue_sip_dropped_total";
    private static final String MEDIA_STRANGERS = "segue_media_strangers_total";
    private static final int DATAGRAM_MAX = 65_507;
    private static final int STRANGERS_HERTZ = 1_000;
    private static final Pattern ALGORITHM = Pattern.compile("(?m)^WWW-Authenticate: .*algorithm=([-A-Z0-9]+)");
    private static final Pattern MEDIA = Pattern.compile("m=audio (\\d+) ");

    private final GatewayProcess gateway = SipGateway.get();
    private AgentAtWork agent;
    private AgentAtWork.Call call;
    private boolean agentHasIt = true;

    @BeforeEach
    void begin() throws Exception {
        agent = new AgentAtWork();
        call = agent.call();
        isHeardFromNowOn();
    }

    @AfterEach
    void theCallHasGoneOnAllTheWhile() throws Exception {
        try {
            if (agentHasIt) {
                isHeardFromNowOn();
            }
            assertEquals(0, gateway.metric(DROPPED, "handling_failed"));
            assertEquals(
                    0,
                    new Ear(call.caller().tape())
                            .timeline(call.caller().answeredNanos(), System.nanoTime())
                            .breaks());
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
        } finally {
            agent.close();
        }
    }

    private void isHeardFromNowOn() throws Exception {
        long now = System.nanoTime();
        Ear caller = new Ear(call.caller().tape());
        Ear bot = new Ear(call.bot().tape());
        Until.holds("the agent at the caller's ear", () -> caller.firstHeard(Voice.AGENT_HERTZ, now) != Long.MAX_VALUE);
        Until.holds("the caller at the bot's", () -> bot.firstHeard(Voice.CALLER_HERTZ, now) != Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS", "BYE", "MESSAGE", "SUBSCRIBE"})
    void givesAStrangerNoAnswerAndCountsIt(String method) throws Exception {
        double before = gateway.metric(DROPPED, "reason=\"stranger\"");
        try (RawSip stranger = RawSip.udp(STRANGER);
                RawSip trunk = RawSip.udp(TRUNK)) {
            stranger.send(stranger.request(method, agent.number(), RawSip.fresh(), "", ""));
            trunk.untilPing();
            assertEquals(before + 1, gateway.metric(DROPPED, "reason=\"stranger\""));
            assertNull(stranger.next(100));
        }
    }

    @Test
    void asksAStrangerWhoRegistersForAPasswordAndTellsNothing() throws Exception {
        String known = agent.human("known", "sip:known@127.0.0.1:9", agent.queue());
        try (RawSip stranger = RawSip.udp(STRANGER)) {
            for (String user : List.of(known, "nobody")) {
                stranger.send(stranger.request("REGISTER", user, RawSip.fresh(), "Expires: 60\r\n", ""));
                RawSip.Message answer = stranger.next();
                assertEquals(401, answer.status());
                assertEquals("", answer.header("Server"));
            }
        }
    }

    @Test
    void offersSha256FirstAndMd5AloneToAPhoneThatGivesUpAtOthers() throws Exception {
        try (RawSip stranger = RawSip.udp(STRANGER)) {
            stranger.send(stranger.request("REGISTER", "anna", RawSip.fresh(), "User-Agent: Phone 1\r\n", ""));
            assertEquals(List.of("SHA-256", "MD5"), algorithms(stranger.next()));
            stranger.send(stranger.request(
                    "REGISTER", "anna", RawSip.fresh(), "User-Agent: baresip v1.0.0 (x86_64/linux)\r\n", ""));
            assertEquals(List.of("MD5"), algorithms(stranger.next()));
        }
    }

    private static List<String> algorithms(RawSip.Message challenge) {
        assertEquals(401, challenge.status(), challenge::text);
        return ALGORITHM
                .matcher(challenge.text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void countsWhatIsNoSip() throws Exception {
        double before = gateway.metric(DROPPED, "reason=\"unreadable\"");
        Random random = new Random(2);
        int sent = 0;
        try (RawSip trunk = RawSip.udp(TRUNK)) {
            for (int length : new int[] {1, 17, 200, 1_500, 9_000, DATAGRAM_MAX}) {
                byte[] garbage = new byte[length];
                random.nextBytes(garbage);
                garbage[0] = (byte) 0xFF;
                trunk.send(garbage);
                sent++;
            }
            assertEquals(List.of(), trunk.untilPing());
            assertEquals(before + sent, gateway.metric(DROPPED, "reason=\"unreadable\""));
        }
    }

    @Test
    void takesATruncatedInviteForNoCall() throws Exception {
        double live = gateway.metric("segue_calls_live", "");
        double answered = gateway.metric("segue_calls_answered", "");
        try (RawSip trunk = RawSip.udp(TRUNK)) {
            String body =
                    "v=0\r\no=x 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
            String whole =
                    trunk.request("INVITE", agent.number(), RawSip.fresh(), "Content-Type: application/sdp\r\n", body);
            for (int length = 1; length < whole.length(); length += 7) {
                trunk.send(whole.substring(0, length));
            }
            for (RawSip.Message answer : trunk.untilPing()) {
                assertTrue(answer.status() >= 400 && answer.status() < 500, answer::text);
            }
            assertEquals(live, gateway.metric("segue_calls_live", ""));
            assertEquals(answered, gateway.metric("segue_calls_answered", ""));
        }
    }

    @Test
    void refusesMoreHeadersThanTheLimit() throws Exception {
        try (RawSip trunk = RawSip.udp(TRUNK)) {
            String id = RawSip.fresh();
            trunk.send(trunk.request("INVITE", agent.number(), id, "X-Account-Id: 1\r\n".repeat(3_000), ""));
            List<RawSip.Message> answers = trunk.untilPing();
            assertEquals(1, answers.size());
            assertTrue(List.of(400, 513).contains(answers.getFirst().status()), () -> answers.getFirst()
                    .text());
        }
    }

    @Test
    void closesAStreamWhoseMessageIsTooLong() throws Exception {
        double before = gateway.metric(DROPPED, "reason=\"too_long\"");
        try (RawSip trunk = RawSip.tcp(TRUNK)) {
            String head = trunk.request("MESSAGE", agent.number(), RawSip.fresh(), "", "");
            trunk.send(head.replace("Content-Length: 0", "Content-Length: 70000"));
            assertEquals(513, trunk.next().status());
            Until.holds("the drop counted", () -> gateway.metric(DROPPED, "reason=\"too_long\"") == before + 1);
        }
    }

    @Test
    void letsNobodyHearRtpFromAStranger() throws Exception {
        Phone phone = agent.phones.phone(
                agent.named("human"), AnswerPlan.atOnce(), PhoneSettings.saying(Voice.humanTone(), 30));
        agent.human("human", phone.uri(), agent.queue());
        agentHasIt = false;
        long asked = call.bot().handoff("caller_request", "A refund").join();
        Ear ear = new Ear(call.caller().tape());
        Until.holds("the human at the caller's ear", () -> ear.firstHeard(Voice.HUMAN_HERTZ, asked) != Long.MAX_VALUE);
        Leg human = phone.nextCall(TimeUnit.SECONDS.toMillis(Until.DEADLINE_SECONDS));
        long since = System.nanoTime();
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.ofLiteral(STRANGER))) {
            int towardsTheCaller = mediaPort(human.inviteBody());
            int towardsTheHuman = mediaPort(
                    call.caller().received().stream().map(SipRecord::text).collect(Collectors.joining()));
            for (int i = 0; i < 100; i++) {
                rtp(stranger, towardsTheCaller, i);
                rtp(stranger, towardsTheHuman, i);
                TimeUnit.MILLISECONDS.sleep(10);
            }
            // The kernel keeps RTP off sockets that know their peer; RTCP comes through, and is counted.
            double before = gateway.metric(MEDIA_STRANGERS, "");
            rtp(stranger, towardsTheCaller + 1, 0);
            Until.holds("the stranger counted", () -> gateway.metric(MEDIA_STRANGERS, "") >= before + 1);
        }
        long until = System.nanoTime();
        Ear ofHuman = new Ear(human.tape());
        isTheOnlyOne(ear, call.caller(), Voice.HUMAN_HERTZ, since, until);
        isTheOnlyOne(ofHuman, human, Voice.CALLER_HERTZ, since, until);
    }

    private static void isTheOnlyOne(Ear ear, Leg listener, int hertz, long since, long until) throws Exception {
        int first = listener.tape().firstSince(since);
        Until.holds("all that was sent", () -> ear.firstHeard(hertz, until) != Long.MAX_VALUE);
        int last = listener.tape().firstSince(until);
        assertTrue(last - first > 25, "packets heard: " + (last - first));
        for (int i = first; i < last; i++) {
            assertTrue(ear.hears(hertz, i), "packet " + i);
            assertTrue(listener.tape().levelAt(STRANGERS_HERTZ, i) < -45, "the stranger in packet " + i);
        }
        assertEquals(0, ear.timeline(since, until).ssrcChanges());
        assertEquals(0, ear.timeline(since, until).sequenceBreaks());
    }

    /** Where the gateway has told this phone to send. */
    private static int mediaPort(String description) {
        Matcher found = MEDIA.matcher(description);
        assertTrue(found.find(), description);
        return Integer.parseInt(found.group(1));
    }

    private static void rtp(DatagramSocket from, int port, int sequence) throws IOException {
        byte[] tone = Voice.tone("stranger", STRANGERS_HERTZ).mulaw();
        ByteBuffer packet = ByteBuffer.allocate(12 + tone.length);
        packet.put((byte) 0x80)
                .put((byte) 0)
                .putShort((short) sequence)
                .putInt(sequence * 160)
                .putInt(0xBAD);
        packet.put(tone);
        from.send(new DatagramPacket(
                packet.array(), packet.capacity(), new InetSocketAddress(InetAddress.ofLiteral(TRUNK), port)));
    }
}
