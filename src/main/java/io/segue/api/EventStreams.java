package io.segue.api;

import io.segue.flow.EventLog;
import io.segue.registry.FieldError;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureFailure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The open event streams of this gateway (WHATWG HTML, 9.2). A reader that is too slow is let go; its last id brings it back to where it was. */
@ApplicationScoped
public class EventStreams {
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

    /** @param human whose events alone are sent; none: all */
    Multi<OutboundSseEvent> open(@Nullable String lastEventId, @Nullable String human, Sse sse) {
        String from = lastEventId == null || lastEventId.isEmpty() ? null : lastEventId;
        if (from != null && !ID.matcher(from).matches()) {
            throw new Refused(
                    Problem.invalid(List.of(new FieldError("Last-Event-ID", "has to be the id of an event"))));
        }
        if (open.get() >= limits.subscribersMax()) {
            throw new Refused(Problem.unavailable("there are " + limits.subscribersMax() + " event streams already"));
        }
        Multi<OutboundSseEvent> events = Multi.createFrom()
                .<OutboundSseEvent>emitter(
                        emitter -> subscribe(from, human, sse, emitter), limits.subscriberEventsMax());
        // The first comment goes out at once, so that the reader knows that it is connected.
        Multi<OutboundSseEvent> heartbeat = Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(limits.heartbeatMs()))
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("").build());
        return Multi.createBy()
                .merging()
                .streams(events, heartbeat)
                .onFailure(BackPressureFailure.class)
                .recoverWithCompletion();
    }

    private void subscribe(
            @Nullable String from, @Nullable String human, Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
        open.incrementAndGet();
        EventLog.Subscription subscription = log.subscribe(from, new EventLog.Listener() {
            @Override
            public void event(String id, String type, Map<String, Object> data) {
                if (human == null || human.equals(data.get("human"))) {
                    emitter.emit(sse.newEventBuilder()
                            .id(id)
                            .name(type)
                            .data(json.text(data))
                            .build());
                }
            }

            @Override
            public void reset() {
                emitter.emit(sse.newEventBuilder().name("reset").data("{}").build());
            }
        });
        emitter.onTermination(() -> {
            open.decrementAndGet();
            subscription.close();
        });
    }
}
