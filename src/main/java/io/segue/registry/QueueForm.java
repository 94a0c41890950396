package io.segue.registry;

import io.segue.human.Queue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link Queue}, written down. */
public final class QueueForm implements Form<Queue> {
    private static final Queue DEFAULTS = Queue.named("defaults");

    private final Limits limits;

    public QueueForm(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Read<Queue> read(String id, Map<String, ?> body, @Nullable Queue before) {
        Fields f = Fields.of(body);
        Forms.sameId(f, id);
        Queue queue = queue(id, f, true);
        f.nothingElse();
        return f.result(() -> queue);
    }

    @Override
    public Read<Queue> load(String id, Map<String, ?> stored) {
        Fields f = Fields.of(stored);
        Queue queue = queue(id, f, false);
        return f.result(() -> queue);
    }

    @Override
    public Map<String, Object> show(Queue queue) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", queue.id());
        tree.put("name", queue.name());
        tree.put("ringSeconds", queue.ringSeconds());
        tree.put("ring", Wire.of(queue.ring()));
        tree.put("waitSeconds", queue.waitSeconds());
        tree.put("overflow", queue.overflow().stream().map(QueueForm::step).toList());
        return tree;
    }

    @Override
    public Map<String, Object> store(Queue queue) {
        return show(queue);
    }

    private Queue queue(String id, Fields f, boolean strict) {
        return new Queue(
                id,
                f.text("name", limits.nameCharsMax()).orElse(id),
                f.whole("ringSeconds", 1, 300, DEFAULTS.ringSeconds()),
                f.oneOf("ring", Queue.Ring.class).orElse(DEFAULTS.ring()),
                f.whole("waitSeconds", 0, 3_600, DEFAULTS.waitSeconds()),
                f.has("overflow") ? overflow(id, f, strict) : DEFAULTS.overflow());
    }

    private List<Queue.Overflow> overflow(String id, Fields f, boolean strict) {
        List<Queue.Overflow> steps = new ArrayList<>();
        for (Fields step : f.objects("overflow", limits.overflowMax())) {
            Optional<String> queue = step.id("queue");
            Optional<String> sip = step.text("sip", limits.urlCharsMax());
            int told = (step.has("queue") ? 1 : 0) + (step.has("sip") ? 1 : 0) + (step.has("agent") ? 1 : 0);
            if (told != 1) {
                step.error("", "has to name one of queue, sip and agent");
            }
            if (step.has("agent") && !step.flag("agent", true)) {
                step.error("agent", "has to be true");
            }
            if (queue.filter(id::equals).isPresent()) {
                step.error("queue", "is this queue itself");
            }
            if (sip.isPresent() && SipContact.of(sip.get()).isEmpty()) {
                step.error("sip", "has to be a SIP URI such as sip:acd@pbx.example, not " + Fields.show(sip.get()));
            }
            if (strict) {
                step.nothingElse();
            }
            steps.add(queue.<Queue.Overflow>map(Queue.Overflow.ToQueue::new)
                    .or(() -> sip.map(Queue.Overflow.ToSip::new))
                    .orElseGet(Queue.Overflow.ToAgent::new));
        }
        return List.copyOf(steps);
    }

    private static Map<String, Object> step(Queue.Overflow step) {
        return switch (step) {
            case Queue.Overflow.ToQueue(String queue) -> Map.of("queue", queue);
            case Queue.Overflow.ToSip(String uri) -> Map.of("sip", uri);
            case Queue.Overflow.ToAgent() -> Map.of("agent", true);
        };
    }
}
