package io.segue.store.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.redis.client.RedisHostsProvider;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The dev profile's Redis, started when the client first asks where it is ({@code %dev.quarkus.redis.hosts-provider-name=segue-dev}) and ended with the
 * application, so also at each reload. {@code QUARKUS_REDIS_HOSTS} goes before it.
 */
@ApplicationScoped
@IfBuildProfile("dev")
@Identifier("segue-dev")
public class DevRedis implements RedisHostsProvider {
    private static final Logger LOG = Logger.getLogger(DevRedis.class);

    private @Nullable OwnRedis redis;

    @Override
    public synchronized Set<URI> getHosts() {
        OwnRedis running = redis;
        if (running == null) {
            running = OwnRedis.start();
            redis = running;
            LOG.infof("Started a Redis of our own at %s", running.uri());
        }
        return Set.of(running.uri());
    }

    @PreDestroy
    synchronized void stop() {
        if (redis != null) {
            redis.close();
            redis = null;
        }
    }
}
