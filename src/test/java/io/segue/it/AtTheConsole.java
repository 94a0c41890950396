package io.segue.it;

import io.segue.archive.TestPostgres;
import io.segue.bench.GatewayProcess;
import io.segue.demo.ear.Voice;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of people at real browsers, with one gateway for all of them, and a queue {@code refunds}. Skipped where there is no Chromium, or no console. */
abstract class AtTheConsole {
    static final String PASSWORD = "a password of the tests";
    /** What a supervisor's microphone says. */
    static final int SUPERVISOR_HERTZ = 2600;

    private static @Nullable GatewayProcess started;

    Scene scene;
    GatewayProcess process;
    private final List<Chromium> browsers = new ArrayList<>();

    @BeforeAll
    static void needChromiumAndAConsole() {
        Chromium.need();
        Programs.needConsole(gateway().http());
    }

    private static synchronized GatewayProcess gateway() {
        GatewayProcess running = started;
        if (running == null) {
            running = FlowGateway.start(
                    "console",
                    Map.of("QUARKUS_DATASOURCE_JDBC_URL", TestPostgres.freshUrl(), "SEGUE_NODE", "gateway-1"));
            started = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    @BeforeEach
    void open() {
        process = gateway();
        scene = new Scene(process);
        scene.queue("refunds");
    }

    @AfterEach
    void close() {
        browsers.forEach(Chromium::close);
        try (Scene ending = scene) {
            ending.nothingIsLeft(0);
        }
    }

    /** A browser that shows the console. */
    Chromium browser(int microphoneHertz) {
        Chromium browser = Chromium.open(process.http(), microphoneHertz);
        browsers.add(browser);
        return browser;
    }

    /** A human at a browser, whose phone is ready. */
    Chromium at(String name, String role, int microphoneHertz) {
        return at(name, role, microphoneHertz, new JsonObject());
    }

    /** The same with more of a document. */
    Chromium at(String name, String role, int microphoneHertz, JsonObject more) {
        scene.put(
                "/humans/" + scene.named(name),
                new JsonObject()
                        .put("name", name)
                        .put("password", PASSWORD)
                        .put("role", role)
                        .put("queues", new JsonArray().add(scene.named("refunds")))
                        .mergeIn(more));
        Chromium browser = browser(microphoneHertz);
        browser.signIn(scene.named(name), PASSWORD);
        return browser;
    }

    /** One who is available. */
    Chromium available(String name) {
        Chromium browser = at(name, "human", Voice.HUMAN_HERTZ);
        browser.press("Available");
        scene.awaitPresence(name, "available");
        return browser;
    }

    /** Notes what axe has against what is shown, in both themes. */
    static void accessible(Chromium browser, String what, List<String> barriers) {
        for (int theme = 0; theme < 2; theme++) {
            browser.barriers().forEach(barrier -> barriers.add(what + ": " + barrier));
            browser.switchTheme();
        }
    }
}
