package io.segue.it;

import io.segue.bench.GatewayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** One gateway for all tests of this JVM, gone when that ends. Its only trunk is 127.0.0.1. */
final class SharedGateway {
    private static final int MEDIA_FIRST = 20_000;
    private static final int MEDIA_RANGES = 10;
    private static final int MEDIA_PORTS = 1_000;

    private static final class Holder {
        static final GatewayProcess PROCESS = start();
    }

    private SharedGateway() {}

    static GatewayProcess get() {
        return Holder.PROCESS;
    }

    private static GatewayProcess start() {
        int first = MEDIA_FIRST + MEDIA_PORTS * ThreadLocalRandom.current().nextInt(MEDIA_RANGES);
        try {
            GatewayProcess process = GatewayProcess.start(
                    Path.of("target", "it"),
                    Map.of(
                            "SEGUE_MEDIA_PORTS",
                            first + "-" + (first + MEDIA_PORTS - 1),
                            "SEGUE_SIP_REPLY_TO_SOURCE",
                            "true"),
                    "-Xmx512m");
            Runtime.getRuntime().addShutdownHook(new Thread(process::close));
            process.seen()
                    .put("/trunks/carrier", new JsonObject().put("addresses", new JsonArray().add("127.0.0.1/32")));
            return process;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
