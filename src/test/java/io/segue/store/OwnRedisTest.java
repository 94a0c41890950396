package io.segue.store;

import static io.segue.store.Gateways.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.store.dev.OwnRedis;
import io.vertx.redis.client.Command;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OwnRedisTest {
    /** A process with a Redis of its own, which says its server's process id and waits. */
    public static final class Owner {
        private Owner() {}

        public static void main(String[] none) throws InterruptedException {
            System.out.println("pid " + OwnRedis.start().server().pid());
            new CountDownLatch(1).await();
        }
    }

    @Test
    void startsEndsAndStartsAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            ProcessHandle server;
            try (var redis = OwnRedis.start();
                    var gateways = new Gateways(redis.uri())) {
                server = redis.server();
                assertEquals("PONG", gateways.redis(Command.PING).toString());
                assertTrue(gateways.redis(Command.INFO, "server").toString().contains("redis_version:6.2."));
                assertTrue(server.isAlive());
            }
            assertFalse(server.isAlive());
        }
    }

    @Test
    void diesWithAProcessThatIsKilled() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName())
                .start();
        try (var out = new BufferedReader(new InputStreamReader(owner.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.startsWith("pid ")) {
                line = out.readLine();
            }
            ProcessHandle server = ProcessHandle.of(
                            Long.parseLong(String.valueOf(line).substring(4)))
                    .orElseThrow();
            assertTrue(server.isAlive());
            owner.destroyForcibly().waitFor();
            await("Redis has gone", () -> !server.isAlive());
        } finally {
            owner.destroyForcibly();
        }
    }
}
