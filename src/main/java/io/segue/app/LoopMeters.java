package io.segue.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.segue.insight.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the archive says of the loop, as metrics that each gateway shows alike: {@code segue_insight_alarm}, {@code _value}, {@code _samples}, and {@code segue_labels}. */
@Singleton
class LoopMeters {
    /** Agents times metrics; alarms come first. */
    static final int FINDINGS_MAX = 1_500;

    private final MultiGauge alarms;
    private final MultiGauge values;
    private final MultiGauge samples;
    private final MultiGauge labels;

    @Inject
    LoopMeters(MeterRegistry registry) {
        alarms = MultiGauge.builder("segue.insight.alarm")
                .description("1 while a figure of the loop moves the wrong way, week over week; else 0")
                .register(registry);
        values = MultiGauge.builder("segue.insight.value")
                .description("A figure of the loop: of the last seven days, and of the seven before")
                .register(registry);
        samples = MultiGauge.builder("segue.insight.samples")
                .description("Calls, labels or turns that such a figure is made of")
                .register(registry);
        labels = MultiGauge.builder("segue.labels")
                .description("Labels of turns in the archive")
                .register(registry);
    }

    private static Tags tags(Finding finding) {
        return Tags.of("metric", finding.trend().metric().wire(), "agent", finding.agent());
    }

    private static List<MultiGauge.Row<?>> weeks(Finding finding, @Nullable Number before, @Nullable Number after) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        if (before != null) {
            rows.add(MultiGauge.Row.of(tags(finding).and("week", "before"), before));
        }
        if (after != null) {
            rows.add(MultiGauge.Row.of(tags(finding).and("week", "last"), after));
        }
        return rows;
    }

    void show(List<Finding> findings, Map<List<String>, Long> labelled) {
        List<Finding> shown = findings.stream()
                .sorted(Comparator.comparing(Finding::alarm).reversed())
                .limit(FINDINGS_MAX)
                .toList();
        alarms.register(
                shown.stream()
                        .map(f -> MultiGauge.Row.of(tags(f), f.alarm() ? 1 : 0))
                        .toList(),
                true);
        values.register(
                shown.stream()
                        .flatMap(f -> weeks(f, f.trend().before(), f.trend().after()).stream())
                        .toList(),
                true);
        samples.register(
                shown.stream()
                        .flatMap(f -> weeks(f, f.trend().nBefore(), f.trend().nAfter()).stream())
                        .toList(),
                true);
        labels.register(
                labelled.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(
                                Tags.of(
                                        "label",
                                        entry.getKey().get(0),
                                        "role",
                                        entry.getKey().get(1)),
                                entry.getValue()))
                        .toList(),
                true);
    }
}
