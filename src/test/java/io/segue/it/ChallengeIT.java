package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that want credentials before they ring: sipp, which holds the answer against the password by itself, and one that wants more than its due. */
class ChallengeIT {
    private static final String PBX = "127.0.0.9";

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws Exception {
        agent = new AgentAtWork();
    }

    @AfterEach
    void end() {
        agent.close();
    }

    private JsonObject trunk() {
        return new JsonObject()
                .put("addresses", new JsonArray().add(PBX + "/32"))
                .put("username", "gateway")
                .put("password", "a password of the tests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"asterisk", "127.0.0.9"})
    void provesItselfToAPhoneOfItsTrunk(String realm) throws Exception {
        Programs.need("sipp", "sip-tester");
        agent.put("/trunks/" + agent.named("pbx"), realm.equals(PBX) ? trunk() : trunk().put("realm", realm));
        try (AudioSocket human = new AudioSocket(Voice.humanTone(), 0, 20);
                Sipp sipp = Sipp.answers(
                        "challenges",
                        PBX,
                        Map.of("realm", realm, "rtp_port", "" + human.port(), "formats", "0 8 101", "ptime", "20"))) {
            String id = agent.human("pbx", "sip:human@" + PBX + ":" + sipp.port() + ";transport=udp", agent.queue());
            AgentAtWork.Call call = agent.call();
            long asked = call.bot().handoff("caller_request", "A refund").join();
            Ear ear = new Ear(call.caller().tape());
            Until.holds(
                    "the human at the caller's ear", () -> ear.firstHeard(Voice.HUMAN_HERTZ, asked) != Long.MAX_VALUE);
            Until.holds(
                    "the handoff's outcome",
                    () -> id.equals(agent.handoff(call.bot()).getString("human")));
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            sipp.succeeds();
        }
    }

    @Test
    void neverAnswersAChallengeOfAnotherRealm() throws Exception {
        List<RawSip.Message> invites = challenged(trunk(), "evil.example", "");
        assertEquals(1, invites.size());
    }

    @Test
    void showsNothingToAPeerOfNoTrunk() throws Exception {
        List<RawSip.Message> invites =
                challenged(trunk().put("addresses", new JsonArray().add("127.0.0.10/32")), PBX, "");
        assertEquals(1, invites.size());
    }

    @Test
    void takesARefusalOfItsCredentialsForFinal() throws Exception {
        List<RawSip.Message> invites = challenged(trunk(), PBX, "");
        assertEquals(2, invites.size());
        assertFalse(invites.getFirst().text().contains("Authorization"));
        assertEquals(response(invites.getLast()), field(invites.getLast(), "response"), invites.getLast()::text);
    }

    /** What the answer has to be, by RFC 7616 3.4.1 with SHA-256. */
    private static String response(RawSip.Message invite) throws Exception {
        String uri = invite.text().split(" ", 3)[1];
        String ha1 = sha256("gateway:" + PBX + ":a password of the tests");
        return sha256(ha1 + ":" + field(invite, "nonce") + ":00000001:" + field(invite, "cnonce") + ":auth:"
                + sha256("INVITE:" + uri));
    }

    private static String field(RawSip.Message invite, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"([^\"]*)\"").matcher(invite.header("Authorization"));
        assertTrue(matcher.find(), invite::text);
        return matcher.group(1);
    }

    private static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().formatHex(digest);
    }

    @Test
    void triesOnceMoreWhenItsNonceIsStale() throws Exception {
        List<RawSip.Message> invites = challenged(trunk(), PBX, ", stale=true");
        assertEquals(3, invites.size());
    }

    /** The INVITEs that a peer gets which asks for credentials whatever it is shown, until the gateway has given it up. */
    private List<RawSip.Message> challenged(JsonObject trunk, String realm, String more) throws Exception {
        agent.put("/trunks/" + agent.named("pbx"), trunk);
        agent.put("/queues/" + agent.queue(), new JsonObject().put("ringSeconds", 10));
        int[] nonce = new int[1];
        try (SipPeer peer = new SipPeer(
                PBX,
                request -> request.text().startsWith("INVITE ")
                        ? "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"" + realm + "\", nonce=\"n" + nonce[0]++
                                + "\", qop=\"auth\", algorithm=SHA-256" + more
                        : request.text().startsWith("ACK ") ? null : "200 OK")) {
            agent.human("pbx", peer.contact("human"), agent.queue());
            AgentAtWork.Call call = agent.call();
            call.bot().handoff("caller_request", "A refund").join();
            Until.holds("the handoff has failed", () -> "failed"
                    .equals(agent.handoff(call.bot()).getString("state")));
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            return peer.asked("INVITE");
        }
    }
}
