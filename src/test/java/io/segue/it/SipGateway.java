package io.segue.it;

import io.segue.bench.GatewayProcess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** One packaged gateway for all tests of SIP, ended with the tests' own process. Its only trunk is 127.0.0.1; other loopback addresses are strangers. */
final class SipGateway {
    private static final class Holder {
        static final GatewayProcess PROCESS = start();
    }

    private SipGateway() {}

    static GatewayProcess get() {
        return Holder.PROCESS;
    }

    /** Torture messages name ports in their Via that nobody here listens at: answers go to where a request came from. */
    private static GatewayProcess start() {
        GatewayProcess process = FlowGateway.start("sip", Map.of("SEGUE_SIP_REPLY_TO_SOURCE", "true"));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close));
        process.seen().put("/trunks/carrier", new JsonObject().put("addresses", new JsonArray().add("127.0.0.1/32")));
        return process;
    }
}
