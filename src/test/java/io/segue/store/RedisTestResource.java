package io.segue.store;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.segue.store.dev.OwnRedis;
import java.util.Map;

/** A Redis for a {@code @QuarkusTest}: {@code @QuarkusTestResource(RedisTestResource.class)}. */
public final class RedisTestResource implements QuarkusTestResourceLifecycleManager {
    private OwnRedis redis;

    @Override
    public Map<String, String> start() {
        redis = OwnRedis.start();
        return Map.of("quarkus.redis.hosts", redis.uri().toString());
    }

    @Override
    public void stop() {
        if (redis != null) {
            redis.close();
        }
    }
}
