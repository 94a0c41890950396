package io.segue.it;

import io.segue.bench.GatewayProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One packaged gateway for all tests of calls, started when the first needs it and ended with the tests' own process. */
final class FlowGateway {
    /** X- headers that it lets through. */
    static final String LET_THROUGH = "X-Account-Id";

    private static final int PORTS_FIRST = 10_000;
    /** Takes the pushes of the shared gateway. */
    static final Receiver RECEIVER = new Receiver();

    private static @Nullable GatewayProcess started;

    private FlowGateway() {}

    static synchronized GatewayProcess get() {
        GatewayProcess running = started;
        if (running == null) {
            running = start(
                    "flow",
                    Map.of(
                            "SEGUE_WEBHOOK_URL",
                            RECEIVER.url().toString(),
                            "SEGUE_WEBHOOK_SECRET",
                            "a secret of the tests' own",
                            "SEGUE_AGENT_SLOW_AFTER",
                            "500ms"));
            started = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    /** One more, with settings of its own. */
    static GatewayProcess start(String name, Map<String, String> environment) {
        int ports = PORTS_FIRST + 1_000 * ThreadLocalRandom.current().nextInt(10);
        Map<String, String> all = new HashMap<>(Map.of(
                "SEGUE_X_HEADERS",
                LET_THROUGH,
                "SEGUE_AGENT_CONNECT_TIMEOUT",
                "1s",
                "SEGUE_AGENT_FIRST_AUDIO_TIMEOUT",
                "2s",
                "SEGUE_RECORDING_DIRECTORY",
                Path.of("target", "it", name, "recordings").toString(),
                "SEGUE_MEDIA_PORT_REST",
                "500ms",
                "SEGUE_MEDIA_PORTS",
                ports + "-" + (ports + 999)));
        all.putAll(environment);
        try {
            return GatewayProcess.start(Path.of("target", "it", name), all, "-Xmx512m");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
