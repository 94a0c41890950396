package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Phone;
import io.segue.store.dev.OwnRedis;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redis, Debian's, goes away in the middle of calls and comes back with nothing. */
class RedisOutageIT {
    private static final Path SERVER = Path.of("/usr/bin/redis-server");

    @BeforeAll
    static void needsRedis() {
        Assumptions.assumeTrue(
                Files.isExecutable(SERVER), "needs " + SERVER + ": install the Debian package redis-server");
    }

    @Test
    void callsAndHandoffsGoOnAndAreWrittenDownAgain() {
        OwnRedis before = OwnRedis.start(SERVER);
        OwnRedis after = null;
        try (GatewayProcess process = FlowGateway.start(
                        "redis-outage",
                        Map.of(
                                "QUARKUS_REDIS_HOSTS",
                                before.uri().toString(),
                                "SEGUE_AGENT_FIRST_AUDIO_TIMEOUT",
                                "5s"));
                Scene scene = new Scene(process)) {
            scene.queue("refunds").agent("refunds", new JsonObject().put("agentSilenceSeconds", 0));
            Phone anna = scene.human("anna", AnswerPlan.atOnce(), "refunds");
            Phone ben = scene.human("ben", AnswerPlan.atOnce(), "refunds");
            TestCall talking = scene.call();
            TestCall going = scene.call();
            TestCall alone = scene.call();
            long t0 = talking.ask();
            talking.hears(Voice.HUMAN_HERTZ, t0);
            talking.handoffIn("connected");

            before.close();
            Until.holds("the store is known to be away", () -> scene.metric("segue_store_up") == 0);
            long t1 = System.nanoTime();
            Until.found("a handoff while Redis is away", () -> {
                // A gateway that has just started reserves nobody by itself; then the agent keeps the caller.
                JsonObject handoff = going.handoff();
                String state = handoff.getString("state", "failed");
                if (state.equals("failed")) {
                    going.order("handoff", new JsonObject());
                }
                return state.equals("connected") ? Optional.of(handoff) : Optional.empty();
            });
            long human = going.hears(Voice.HUMAN_HERTZ, t1);
            going.isUntouched(t1, human);
            alone.hears(Voice.AGENT_HERTZ, human);
            talking.hears(Voice.HUMAN_HERTZ, human);

            after = OwnRedis.start(SERVER, before.port(), null);
            OwnRedis redis = after;
            for (TestCall call : new TestCall[] {talking, going, alone}) {
                Until.holds(
                        "the call " + call.id + " is in Redis", () -> exists(redis, "segue:call:{" + call.id + "}"));
            }
            Until.holds("the store is known to be back", () -> scene.metric("segue_store_up") == 1);
            scene.awaitPresence("anna", "talking");
            scene.awaitPresence("ben", "talking");
            // Both talk: who asks now gets nobody, and no phone rings a second time.
            alone.ask();
            assertEquals("no_human", alone.handoffIn("failed").getString("outcome"));
            assertEquals(1, anna.calls().size());
            assertEquals(1, ben.calls().size());

            talking.hangUp();
            scene.awaitPresence("anna", "available");
            alone.order("handoff", new JsonObject());
            alone.handoffIn("connected");
            assertEquals(2, anna.calls().size());
            assertEquals(1, ben.calls().size());
            assertTrue(scene.metric("segue_faults_total") == 0);
            going.hangUp();
            alone.hangUp();
            scene.nothingIsLeft(0);
        } finally {
            before.close();
            if (after != null) {
                after.close();
            }
        }
    }

    private static boolean exists(OwnRedis redis, String key) {
        String command = "*2\r\n$6\r\nEXISTS\r\n$" + key.length() + "\r\n" + key + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", redis.port())) {
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            return ":1"
                    .equals(new BufferedReader(
                                    new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
