package io.segue.agentlink;

import io.vertx.core.http.UpgradeRejectedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says in a few words why a handshake failed, without what the peer may have put into it. */
final class Refusals {
    private Refusals() {}

    static String text(Throwable cause) {
        return switch (cause) {
            case UpgradeRejectedException rejected -> "HTTP " + rejected.getStatus();
            case UnknownHostException unknown -> "unknown host";
            case ConnectException refused -> "no connection";
            case SSLException insecure -> "TLS";
            case IllegalArgumentException invalid -> "the agent's URL or secret cannot be used";
            default -> cause.getClass().getSimpleName();
        };
    }
}
