package io.segue.app;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.segue.flow.record.Webhooks;
import io.segue.webhook.HttpWebhooks;
import io.segue.webhook.Limits;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Makes what pushes to the outside; where no address is configured, nothing is pushed. */
class WebhookBeans {
    private static final int ID_BYTES = 16;

    @Produces
    @Singleton
    Webhooks webhooks(SegueConfig config, Vertx vertx) {
        HttpConfig.Webhook webhook = config.webhook();
        if (webhook.url().isEmpty()) {
            return (type, data) -> {};
        }
        String secret = webhook.secret()
                .orElseThrow(() -> new ConfigurationException(
                        "segue.webhook.url is set: set segue.webhook.secret too, the pushes are signed with it."));
        var identifiers = new SecureIdentifiers();
        return new HttpWebhooks(
                vertx,
                webhook.url().get(),
                secret,
                limits(webhook),
                System::currentTimeMillis,
                () -> ThreadLocalRandom.current().nextDouble(),
                () -> HexFormat.of().formatHex(identifiers.bytes(ID_BYTES)));
    }

    void close(@Disposes Webhooks webhooks) {
        if (webhooks instanceof HttpWebhooks open) {
            open.close();
        }
    }

    private static Limits limits(HttpConfig.Webhook webhook) {
        Limits defaults = Limits.defaults();
        return new Limits(
                webhook.attemptsMax(),
                defaults.ageMaxMs(),
                webhook.timeout().toMillis(),
                defaults.backoffFirstMs(),
                defaults.backoffMaxMs(),
                webhook.queueMax(),
                defaults.underWayMax(),
                defaults.bodyBytesMax());
    }
}
