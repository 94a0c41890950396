package io.segue.store;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Hears what other gateways publish, over a connection of its own. Own beats come back on it, so that a deaf connection is noticed. */
final class Ear {
    private final Link link;
    private final Limits limits;
    private final StoreThread thread;
    private final String beat;
    private final Map<String, Consumer<String>> channels = new LinkedHashMap<>();
    private final Runnable listening;
    private long heardAt;
    private int subscribed;

    /** @param listening called each time nothing published from then on is missed */
    Ear(Redis redis, StoreThread thread, Limits limits, Counters counters, String node, Runnable listening) {
        this.link = new Link("messages", redis, thread, limits.connection(), counters, List.of(), new Life());
        this.limits = limits;
        this.thread = thread;
        this.listening = listening;
        this.beat = beatOf(node);
        channels.put(beat, message -> {});
    }

    static String beatOf(String node) {
        return "segue:beat:" + node;
    }

    void on(String channel, Consumer<String> listener) {
        channels.put(channel, listener);
    }

    void start() {
        link.start();
        thread.every(limits.desk().beatMs(), () -> {
            if (link.up()
                    && System.nanoTime() - heardAt
                            > Math.max(
                                            5 * limits.desk().beatMs(),
                                            limits.connection().commandTimeoutMs())
                                    * 1_000_000) {
                link.drop("nothing heard");
            }
        });
    }

    boolean up() {
        return link.up() && subscribed >= channels.size();
    }

    void close() {
        link.close();
    }

    private final class Life implements Link.Listener {
        @Override
        public void up() {
            subscribed = 0;
            heardAt = System.nanoTime();
            Request request = Request.cmd(Command.SUBSCRIBE);
            channels.keySet().forEach(request::arg);
            var unused = link.send(request);
        }

        @Override
        public void down() {
            subscribed = 0;
        }

        @Override
        public void pushed(Response message) {
            heardAt = System.nanoTime();
            if (message.size() < 3) {
                return;
            }
            String kind = message.get(0).toString();
            if (kind.equals("subscribe") && ++subscribed == channels.size()) {
                listening.run();
            } else if (kind.equals("message")) {
                Consumer<String> listener = channels.get(message.get(1).toString());
                if (listener != null) {
                    listener.accept(message.get(2).toString());
                }
            }
        }
    }
}
