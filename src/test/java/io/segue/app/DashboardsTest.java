package io.segue.app;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.segue.archive.Database;
import io.segue.archive.LoopWatch;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboards, against what a gateway shows that has carried a call, handed it off, archived it and had a label. */
@QuarkusTest
@TestProfile(DashboardsTest.Dev.class)
@Timeout(180)
class DashboardsTest {
    private static final Path DASHBOARDS = Path.of("k8s/dashboards");

    @Inject
    Database database;

    @Inject
    LoopWatch watch;

    /** The dev profile on free ports: with a Redis and a PostgreSQL of its own, and the demo's cast. */
    public static final class Dev implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "dev";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "segue.sip.port",
                    "" + freePort(),
                    "segue.media.ports",
                    "17000-17999",
                    // So that the first look is not the last one for an hour.
                    "segue.insight.alarm-every",
                    "1s");
        }

        private static int freePort() {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void everyMetricOfTheDashboardsExists() throws IOException {
        given().body("{\"ringMs\":0}").post("/api/v1/demo/calls").then().statusCode(200);
        database.submit(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        return statement.executeUpdate(
                                "insert into label (call, turn, mark, reviewer, role, at, version, second_lot)"
                                        + " values ('c', 't', 'edited', 'rex', 'reviewer', now(), 1, 0)");
                    }
                })
                .toCompletableFuture()
                .join();
        Set<String> there = scrape();
        // The call is archived on its own time, and looked at on the watch's.
        for (int i = 0; i < 400 && !(there.contains("segue_insight_value") && there.contains("segue_labels")); i++) {
            watch.look().toCompletableFuture().join();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            there = scrape();
        }
        Map<String, Set<String>> unknown = new TreeMap<>();
        int metrics = 0;
        for (Path file : dashboards()) {
            for (String expression : expressions(file)) {
                Set<String> used = PromQl.metrics(expression);
                assertFalse(used.isEmpty(), "no metric in " + expression);
                metrics += used.size();
                Set<String> missing = new TreeSet<>(used);
                missing.removeAll(there);
                if (!missing.isEmpty()) {
                    unknown.computeIfAbsent(file.getFileName().toString(), unused -> new TreeSet<>())
                            .addAll(missing);
                }
            }
        }
        assertEquals(Map.of(), unknown, "metrics that no gateway has");
        assertTrue(metrics > 40, "only " + metrics + " metrics were found in the dashboards");
    }

    private static Set<String> scrape() {
        Set<String> names = new TreeSet<>();
        given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    int end = line.indexOf('{') >= 0 ? line.indexOf('{') : line.indexOf(' ');
                    if (end > 0) {
                        names.add(line.substring(0, end));
                    }
                });
        return names;
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertTrue(found.size() >= 2, "dashboards: " + found);
            return found;
        }
    }

    /** Every {@code expr} of a panel, and what variables ask for. */
    private static List<String> expressions(Path file) throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
        List<String> expressions = new ArrayList<>();
        dashboard.findValues("expr").forEach(expression -> expressions.add(expression.asText()));
        for (JsonNode variable : dashboard.at("/templating/list")) {
            if (variable.path("type").asText().equals("query")) {
                expressions.add(variable.path("query").asText());
            }
        }
        return expressions;
    }
}
