package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** README's first minute, and the developer's next one: a change in the source. */
class DevModeIT {
    private static final String DEMO = "/api/v1/demo/calls";

    @Test
    @Timeout(480)
    void playsTheDemoBeforeAndAfterAReloadAndLeavesNothingBehind(@TempDir Path tree) throws Exception {
        try (DevMode dev = DevMode.start(tree)) {
            assertTellsASeamlessHandoff(dev.post(DEMO, ""), 2_000);
            assertEquals(1, dev.redisServers().size(), "redis-servers");
            ProcessHandle first = dev.redisServers().getFirst();

            assertEquals("ringMs: has to be 0 to 25000, not -1", refusal(dev));
            dev.edit("src/main/java/io/segue/demo/DemoCall.java", "ringMs: has to be", "ringMs: must be");
            Until.holds("the change in effect", 60, () -> refusal(dev).equals("ringMs: must be 0 to 25000, not -1"));

            assertAnswersOptions(dev);
            assertEquals(200, dev.get("/q/health/ready").statusCode());
            assertEquals(2, dev.redisPorts().size(), "Redis starts");
            assertEquals(1, dev.redisServers().size(), "redis-servers");
            assertTrue(!first.isAlive(), "the Redis from before the reload has gone");
            assertTellsASeamlessHandoff(dev.post(DEMO, "{\"ringMs\":0}"), 0);

            List<ProcessHandle> processes = dev.processes();
            List<Integer> redis = dev.redisPorts();
            dev.end();
            Until.holds("the end of " + processes, () -> processes.stream().noneMatch(ProcessHandle::isAlive));
            assertFree(dev.http());
            assertFree(dev.sip().getPort());
            new DatagramSocket(dev.sip()).close();
            for (int port : redis) {
                assertFree(port);
            }
        }
    }

    /** Why it refuses an order that is wrong; each request also has dev mode look for changes. */
    private static String refusal(DevMode dev) throws IOException {
        HttpResponse<String> response = dev.post(DEMO, "{\"ringMs\":-1}");
        assertEquals(400, response.statusCode(), response.body());
        return new JsonObject(response.body()).getString("detail");
    }

    private static void assertAnswersOptions(DevMode dev) throws Exception {
        // The demo has made all of loopback a trunk; its Redis went with the reload, and the trunk with it.
        put(dev, "/api/v1/trunks/loopback", "{\"addresses\":[\"127.0.0.0/8\"]}");
        try (RawSip udp = RawSip.udp("127.0.0.1", dev.sip());
                RawSip tcp = RawSip.tcp("127.0.0.1", dev.sip())) {
            assertEquals(List.of(), udp.untilPing());
            assertEquals(List.of(), tcp.untilPing());
        }
    }

    private static void put(DevMode dev, String path, String document) throws IOException {
        HttpResponse<String> response = dev.put(path, document);
        assertEquals(2, response.statusCode() / 100, response.body());
    }

    private static void assertTellsASeamlessHandoff(HttpResponse<String> response, int ringMs) {
        String account = response.body();
        assertEquals(200, response.statusCode(), account);
        JsonObject demo = new JsonObject(account);
        assertTrue(demo.getBoolean("seamless"), account);
        assertEquals(1, demo.getJsonArray("calls").size());
        JsonObject call = demo.getJsonArray("calls").getJsonObject(0);

        JsonObject judged = call.getJsonObject("judgedAtTheSockets");
        JsonObject timeline = judged.getJsonObject("timeline");
        assertTrue(timeline.getDouble("humanRang") > 0, account);
        assertTrue(timeline.getDouble("humanAnswered") >= ringMs, account);
        assertTrue(timeline.getDouble("humanHeard") > timeline.getDouble("humanAnswered"), account);
        for (String measure : List.of("deadAirMs", "gapMs")) {
            // How short they are is for benches; here, that they were measured and are none a caller would notice.
            assertTrue(judged.getDouble(measure) >= 0 && judged.getDouble(measure) < 300, account);
        }
        judged.getJsonObject("breaks").forEach(kind -> assertEquals(0, kind.getValue(), account));
        assertEquals(5, judged.getJsonObject("breaks").size(), account);
        assertEquals(new JsonArray(), judged.getJsonArray("sipMessagesToCaller"), account);

        JsonObject heard = call.getJsonObject("heard");
        assertEquals(List.of("agent", "human"), who(heard, "caller"), account);
        assertEquals(List.of("caller"), who(heard, "human"), account);
        assertEquals(List.of("caller"), who(heard, "agent"), account);

        JsonObject clock = call.getJsonArray("gateway").getJsonObject(0);
        List<String> times = List.of("t0", "t1", "t2", "t3", "t4");
        times.forEach(time -> assertTrue(clock.containsKey(time), time + " in " + account));
        assertTrue(clock.getDouble("handoffMs") >= ringMs, account);
    }

    /** Who was heard, one after the other; silences and repetitions left out. */
    private static List<String> who(JsonObject heard, String listener) {
        return heard.getJsonArray(listener).stream()
                .map(stretch -> ((JsonObject) stretch).getString("who"))
                .filter(who -> !who.equals("silence"))
                .distinct()
                .toList();
    }

    private static void assertFree(int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")).close();
    }
}
