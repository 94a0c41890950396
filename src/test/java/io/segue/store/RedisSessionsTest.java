package io.segue.store;

import static io.segue.store.Gateways.await;
import static io.segue.store.Gateways.get;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisSessionsTest extends OnRedis {
    private Store a;
    private Store b;

    @BeforeEach
    void open() {
        a = gateways.gateway("a");
        b = gateways.gateway("b");
        await("up", () -> a.up() && b.up());
    }

    @Test
    void whoSignsOutAtOneGatewayIsOutAtAll() {
        assertFalse(get(b.sessions().has("s1")));
        get(a.sessions().end("s1", 5_000));
        assertTrue(get(b.sessions().has("s1")));
        assertFalse(get(b.sessions().has("s2")));
    }

    @Test
    void isKeptAsLongAsTheTokenCouldBeGoodAnywhere() {
        get(a.sessions().end("s1", 5_000));
        get(a.sessions().end("s2", -1));
        long first = gateways.redis(Command.PTTL, RedisSessions.key("s1")).toLong();
        long second = gateways.redis(Command.PTTL, RedisSessions.key("s2")).toLong();
        assertTrue(first > 60_000 && first <= 65_000, "" + first);
        assertTrue(second > 50_000 && second <= 60_000, "" + second);
    }
}
