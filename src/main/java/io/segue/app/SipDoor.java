package io.segue.app;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.segue.net.WebSockets;
import io.segue.net.ws.Origins;
import io.segue.net.ws.SipUpgrade;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Puts SIP over WebSocket at {@code /sip} of the HTTP server. */
@ApplicationScoped
public class SipDoor implements HttpServerOptionsCustomizer {
    private static final String PATH = "/sip";

    private final WebSockets webSockets;
    private final SegueConfig config;

    SipDoor(WebSockets webSockets, SegueConfig config) {
        this.webSockets = webSockets;
        this.config = config;
    }

    void route(@Observes Router router) {
        Origins origins = new Origins(config.sip().ws().origins().orElse(List.of()));
        router.get(PATH).handler(new SipUpgrade(webSockets, origins));
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        SipUpgrade.prepare(options, webSockets.messageBytesMax());
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        SipUpgrade.prepare(options, webSockets.messageBytesMax());
    }
}
