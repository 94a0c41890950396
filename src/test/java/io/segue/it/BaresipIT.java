package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.ear.Ear;
import io.segue.demo.ear.Voice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** baresip as a human's phone, which nobody here wrote: it registers by digest, is called by a handoff, and is heard. */
class BaresipIT {
    private static final String PASSWORD = "correct-horse";

    private AgentAtWork agent;

    @BeforeEach
    void begin() throws Exception {
        Programs.need("baresip", "baresip");
        agent = new AgentAtWork();
    }

    @AfterEach
    void end() {
        if (agent != null) {
            agent.close();
        }
    }

    private String human() {
        String id = agent.named("martin");
        agent.put(
                "/humans/" + id,
                new JsonObject().put("password", PASSWORD).put("queues", new JsonArray().add(agent.queue())));
        agent.available(id);
        return id;
    }

    @Test
    void registersAndTakesTheCallerOver() throws Exception {
        String human = human();
        try (Baresip phone = Baresip.registers(human, PASSWORD, Voice.HUMAN_HERTZ)) {
            Until.holds("baresip's registration", () -> phone.received("200") > 0);
            AgentAtWork.Call call = agent.call();
            long asked = call.bot().handoff("caller_request", "A refund").join();
            Ear ear = new Ear(call.caller().tape());
            Until.holds(
                    "baresip's tone at the caller's ear",
                    () -> ear.firstHeard(Voice.HUMAN_HERTZ, asked) != Long.MAX_VALUE);
            Until.holds(
                    "the handoff's outcome",
                    () -> human.equals(agent.handoff(call.bot()).getString("human")));
            assertEquals(
                    0,
                    ear.timeline(call.caller().answeredNanos(), System.nanoTime())
                            .ssrcChanges());
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
            Until.holds("the BYE at baresip's", () -> phone.said().contains("BYE sip:"));
            assertTrue(phone.isRunning());
        }
    }

    @Test
    void neverRegistersWithAWrongPassword() throws Exception {
        String human = human();
        agent.put("/queues/" + agent.queue(), new JsonObject().put("waitSeconds", 0));
        try (Baresip phone = Baresip.registers(human, "wrong", Voice.HUMAN_HERTZ)) {
            Until.holds("a second refusal, of its answer to the challenge", () -> phone.received("401") > 1);
            AgentAtWork.Call call = agent.call();
            call.bot().handoff("caller_request", "A refund").join();
            Until.holds(
                    "the end of the handoff",
                    () -> agent.handoff(call.bot()).getString("state", "").equals("failed"));
            assertEquals(0, phone.received("200"));
            assertFalse(phone.said().contains("INVITE sip:"));
            call.caller().hangUp().get(Until.DEADLINE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
