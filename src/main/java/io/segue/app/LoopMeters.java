package io.segue.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.segue.insight.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the archive says of the loop, as metrics that each gateway shows alike: {@code segue_insight_alarm} and {@code segue_labels}. */
@Singleton
class LoopMeters {
    /** Agents times metrics; alarms come first. */
    static final int FINDINGS_MAX = 1_500;

    private final MultiGauge alarms;
    private final MultiGauge labels;

    @Inject
    LoopMeters(MeterRegistry registry) {
        alarms = MultiGauge.builder("segue.insight.alarm")
                .description("1 while a figure of the loop moves the wrong way, week over week; else 0")
                .register(registry);
        labels = MultiGauge.builder("segue.labels")
                .description("Labels of turns in the archive")
                .register(registry);
    }

    void show(List<Finding> findings, Map<List<String>, Long> labelled) {
        alarms.register(
                findings.stream()
                        .sorted(Comparator.comparing(Finding::alarm).reversed())
                        .limit(FINDINGS_MAX)
                        .map(finding -> MultiGauge.Row.of(
                                Tags.of("metric", finding.trend().metric().wire(), "agent", finding.agent()),
                                finding.alarm() ? 1 : 0))
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
