package io.segue.api;

import io.segue.flow.record.EventLog;
import io.segue.registry.FieldError;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The open event streams of this gateway (WHATWG HTML, 9.2). A reader that is too slow is let go; its last id brings it back to where it was. */
@ApplicationScoped
public class EventStreams {
    private static final Logger LOG = Logger.getLogger(EventStreams.class);
    private static final Pattern ID = Pattern.compile("[0-9]{1,20}(-[0-9]{1,20})?");

    private final Json json;
    private final EventLog log;
    private final Limits limits;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(Json json, EventLog log, Limits limits) {
        this.json = json;
        this.log = log;
        this.limits = limits;
    }

    /** How many are open now. */
    public int open() {
        return open.get();
    }

    /**
     * @param readable which events are sent, by their type and data
     * @param disconnect ends the connection at once
     */
    Multi<OutboundSseEvent> open(
            @Nullable String lastEventId,
            BiPredicate<String, Map<String, Object>> readable,
            Sse sse,
            Runnable disconnect) {
        String from = lastEventId == null || lastEventId.isEmpty() ? null : lastEventId;
        if (from != null && !ID.matcher(from).matches()) {
            throw new Refused(
                    Problem.invalid(List.of(new FieldError("Last-Event-ID", "has to be the id of an event"))));
        }
        if (open.get() >= limits.subscribersMax()) {
            throw new Refused(Problem.unavailable("there are " + limits.subscribersMax() + " event streams already"));
        }
        Stream stream = new Stream(readable, sse, disconnect);
        Multi<OutboundSseEvent> events = Multi.createFrom().emitter(emitter -> stream.start(from, emitter));
        // The first comment goes out at once, so that the reader knows that it is connected.
        Multi<OutboundSseEvent> heartbeat = Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(limits.heartbeatMs()))
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("").build());
        return Multi.createBy().merging().streams(events, heartbeat).invoke(stream::sent);
    }

    /** One reader. */
    private final class Stream implements EventLog.Listener {
        private final BiPredicate<String, Map<String, Object>> readable;
        private final Sse sse;
        private final Runnable disconnect;
        private final AtomicInteger waiting = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicBoolean letGo = new AtomicBoolean();
        private volatile @Nullable MultiEmitter<? super OutboundSseEvent> emitter;

        Stream(BiPredicate<String, Map<String, Object>> readable, Sse sse, Runnable disconnect) {
            this.readable = readable;
            this.sse = sse;
            this.disconnect = disconnect;
        }

        void start(@Nullable String from, MultiEmitter<? super OutboundSseEvent> to) {
            emitter = to;
            open.incrementAndGet();
            EventLog.Subscription subscription = log.subscribe(from, this);
            to.onTermination(() -> {
                if (ended.compareAndSet(false, true)) {
                    open.decrementAndGet();
                    subscription.close();
                }
            });
        }

        @Override
        public void event(String id, String type, Map<String, Object> data) {
            if (readable.test(type, data)) {
                send(sse.newEventBuilder()
                        .id(id)
                        .name(type)
                        .data(json.text(data))
                        .build());
            }
        }

        @Override
        public void reset() {
            send(sse.newEventBuilder().name("reset").data("{}").build());
        }

        /** The connection has taken it; comments do not count. */
        void sent(OutboundSseEvent event) {
            if (event.getName() != null) {
                waiting.decrementAndGet();
            }
        }

        private void letGo() {
            if (letGo.compareAndSet(false, true)) {
                LOG.info("a reader of events is too slow and is let go");
                disconnect.run();
            }
        }

        private void send(OutboundSseEvent event) {
            MultiEmitter<? super OutboundSseEvent> to = emitter;
            if (waiting.incrementAndGet() > limits.subscriberEventsMax()) {
                letGo();
            } else if (to != null) {
                to.emit(event);
            }
        }
    }
}
