package io.segue.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.flow.record.Webhooks;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Posts to one configured address. Redirects are not followed: the configured host is the only one that ever gets a call's data. Pushes may arrive
 * more than once and out of order; each has an id.
 */
public final class HttpWebhooks implements Webhooks, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HttpWebhooks.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI target;
    private final String secret;
    private final Vertx vertx;
    private final HttpClient client;
    private final Limits limits;
    private final LongSupplier clockMs;
    private final DoubleSupplier chance;
    private final Supplier<String> ids;
    private final Object lock = new Object();
    private final Queue<Push> waiting = new ArrayDeque<>();
    /** Pushes not done: waiting, under way, or between two tries. */
    private int open;

    private int underWay;
    private boolean closed;

    /** Pushes that were taken. */
    public final LongAdder delivered = new LongAdder();
    /** Pushes given up: refused, or tried too often. */
    public final LongAdder failed = new LongAdder();
    /** Pushes never tried: too many wait, or too large. */
    public final LongAdder dropped = new LongAdder();
    /** Tries beyond the first. */
    public final LongAdder retries = new LongAdder();

    /**
     * @param target http or https
     * @param secret what the signature is made with
     * @param clockMs wall-clock milliseconds
     * @param chance 0 to 1, so that many gateways do not come back at once
     * @param ids a new id at each call
     */
    public HttpWebhooks(
            Vertx vertx,
            URI target,
            String secret,
            Limits limits,
            LongSupplier clockMs,
            DoubleSupplier chance,
            Supplier<String> ids) {
        if (target.getHost() == null || !("http".equals(target.getScheme()) || "https".equals(target.getScheme()))) {
            throw new IllegalArgumentException("a webhook has to be an http or https URL with a host");
        }
        this.target = target;
        this.secret = secret;
        this.vertx = vertx;
        this.limits = limits;
        this.clockMs = clockMs;
        this.chance = chance;
        this.ids = ids;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) Math.min(limits.timeoutMs(), Integer.MAX_VALUE))
                .setMaxPoolSize(limits.underWayMax()));
    }

    @Override
    public void post(String type, Map<String, Object> data) {
        String id = ids.get();
        var envelope = new LinkedHashMap<String, Object>();
        envelope.put("id", id);
        envelope.put("type", type);
        envelope.put("at", clockMs.getAsLong());
        envelope.put("data", data);
        byte[] body;
        try {
            body = MAPPER.writeValueAsBytes(envelope);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a tree of maps, lists, strings, numbers and booleans", e);
        }
        synchronized (lock) {
            if (closed || open >= limits.waitingMax() || body.length > limits.bodyBytesMax()) {
                dropped.increment();
                return;
            }
            open++;
            waiting.add(new Push(id, type, body, clockMs.getAsLong()));
        }
        next();
    }

    /** Pushes not done yet. */
    public int pending() {
        synchronized (lock) {
            return open;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            dropped.add(waiting.size());
            waiting.clear();
        }
        var unused = client.close();
    }

    private void next() {
        while (true) {
            Push push;
            synchronized (lock) {
                if (closed || underWay >= limits.underWayMax() || waiting.isEmpty()) {
                    return;
                }
                push = waiting.remove();
                underWay++;
            }
            attempt(push);
        }
    }

    private void attempt(Push push) {
        if (push.tries++ > 0) {
            retries.increment();
        }
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(target.toString())
                .setFollowRedirects(false)
                .setTimeout(limits.timeoutMs())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Segue")
                .putHeader("X-Segue-Event", push.id)
                .putHeader(Signature.HEADER, Signature.of(secret, clockMs.getAsLong() / 1000, push.body));
        client.request(options)
                .compose(request -> request.send(Buffer.buffer(push.body)))
                .onComplete(answer -> {
                    if (answer.failed()) {
                        again(push, String.valueOf(answer.cause().getMessage()));
                        return;
                    }
                    int status = answer.result().statusCode();
                    // What it says is of no interest; reading it off, in bounds, keeps the connection usable.
                    answer.result().handler(part -> {});
                    if (status >= 200 && status < 300) {
                        done(delivered);
                    } else if (Push.worthAnotherTry(status)) {
                        again(push, "status " + status);
                    } else {
                        LOG.warnf("Webhook %s (%s) was refused with status %d", push.id, push.type, status);
                        done(failed);
                    }
                });
    }

    private void again(Push push, String why) {
        long pause = Push.backoffMs(limits, push.tries, chance.getAsDouble());
        if (push.tries >= limits.triesMax() || clockMs.getAsLong() + pause - push.madeAtMs > limits.ageMaxMs()) {
            LOG.warnf("Webhook %s (%s) is given up after %d tries: %s", push.id, push.type, push.tries, why);
            done(failed);
            return;
        }
        synchronized (lock) {
            underWay--;
        }
        vertx.setTimer(Math.max(1, pause), timer -> {
            synchronized (lock) {
                waiting.add(push);
            }
            next();
        });
        next();
    }

    private void done(LongAdder counter) {
        synchronized (lock) {
            open--;
            underWay--;
        }
        counter.increment();
        next();
    }
}
