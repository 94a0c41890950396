package io.segue.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The human that whoever opens a developer's console is, so that their own browser can be rung. */
final class Guest {
    static final String ID = "you";

    private @Nullable String password;

    /** Signs them in: {@code {"token","human","role","expiresAt"}}. Throws {@link DemoFailed}. */
    synchronized JsonObject session(Gateway gateway) {
        if (password == null || !signIn(gateway, password).isGood()) {
            String fresh = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
            gateway.put("/humans/" + ID, document().put("password", fresh));
            password = fresh;
        }
        Gateway.Answer opened = signIn(gateway, password);
        if (!opened.isGood()) {
            throw new DemoFailed("the guest cannot sign in: " + opened.why());
        }
        return new JsonObject(opened.body());
    }

    private static Gateway.Answer signIn(Gateway gateway, String password) {
        return gateway.ask("POST", "/session", new JsonObject().put("human", ID).put("password", password));
    }

    /** Has them serve one queue. */
    static void serves(Gateway gateway, String queue) {
        gateway.put("/humans/" + ID, document().put("queues", new JsonArray().add(queue)));
    }

    private static JsonObject document() {
        return new JsonObject().put("name", "You").put("role", "supervisor");
    }
}
