package io.segue.store;

import io.segue.store.dev.OwnRedis;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests on a real Redis of their class, empty before each, and gateways that are closed after each. */
abstract class OnRedis {
    private static OwnRedis redis;
    Gateways gateways;

    @BeforeAll
    static void startRedis() {
        redis = OwnRedis.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void connect() {
        gateways = new Gateways(redis.uri());
        gateways.redis(Command.FLUSHALL);
    }

    @AfterEach
    void close() throws Exception {
        gateways.close();
    }
}
