package io.segue.app;

import io.segue.flow.Webhooks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

class WebhookBeans {
    @Produces
    @Singleton
    Webhooks webhooks() {
        return (type, data) -> {};
    }
}
