package io.segue.api.insight;

import io.segue.insight.By;
import io.segue.insight.CallLine;
import io.segue.insight.Finding;
import io.segue.insight.Mean;
import io.segue.insight.Row;
import io.segue.insight.Share;
import io.segue.insight.Spread;
import io.segue.insight.Trend;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures as trees. What nothing is known of is null, with {@code n} 0. */
public final class InsightDocuments {
    private InsightDocuments() {}

    static Map<String, @Nullable Object> of(Row row) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        row.key()
                .forEach((by, value) -> tree.put(
                        by.wire(), by == By.VERSION && value != null ? (Object) Integer.valueOf(value) : value));
        tree.put("calls", row.calls());
        tree.put("handoffRate", of(row.handoffRate()));
        tree.put("reached", of(row.reached()));
        tree.put("handoffMs", of(row.handoffMs()));
        tree.put("waitMs", of(row.waitMs()));
        tree.put("deadAirMs", of(row.deadAirMs()));
        tree.put("resolutionSeconds", of(row.resolutionSeconds()));
        tree.put("survival", of(row.survival()));
        tree.put("lasted", of(row.lasted()));
        tree.put("sentimentShift", of(row.sentimentShift()));
        tree.put("interventionRate", of(row.interventionRate()));
        tree.put("editRate", of(row.editRate()));
        tree.put("randomEditRate", of(row.randomEditRate()));
        tree.put("rejectRate", of(row.rejectRate()));
        tree.put("confidence", of(row.confidence()));
        tree.put("edgeConfidence", of(row.edgeConfidence()));
        return tree;
    }

    static Map<String, Object> of(CallLine call) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", call.id());
        put(tree, "agent", call.agent());
        put(tree, "queue", call.queue());
        put(tree, "from", call.from());
        tree.put("answeredAt", call.answeredAt().toEpochMilli());
        tree.put("endedAt", call.endedAt().toEpochMilli());
        put(tree, "endReason", call.endReason());
        put(tree, "outcome", call.outcome());
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, @Nullable String value) {
        if (value != null) {
            tree.put(name, value);
        }
    }

    /** As {@code GET /insights/alarms} and the event {@code alarm} show it; what nothing is known of is left out. */
    public static Map<String, Object> of(Finding finding) {
        Trend trend = finding.trend();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("agent", finding.agent());
        tree.put("metric", trend.metric().wire());
        tree.put("state", trend.state().wire());
        tree.put("since", finding.since().toEpochMilli());
        tree.put("at", finding.at().toEpochMilli());
        tree.put("before", known(trend.before(), trend.nBefore()));
        tree.put("after", known(trend.after(), trend.nAfter()));
        if (trend.z() instanceof Double z) {
            tree.put("z", z);
        }
        return tree;
    }

    private static Map<String, Object> known(@Nullable Double value, long n) {
        return value == null ? Map.of("n", n) : Map.of("value", value, "n", n);
    }

    private static Map<String, @Nullable Object> of(Share share) {
        Map<String, @Nullable Object> tree = value(share.value(), share.n());
        tree.put("of", share.of());
        return tree;
    }

    private static Map<String, @Nullable Object> of(Mean mean) {
        return value(mean.value(), mean.n());
    }

    private static Map<String, @Nullable Object> of(Spread spread) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("p50", spread.p50());
        tree.put("p95", spread.p95());
        tree.put("p99", spread.p99());
        tree.put("n", spread.n());
        return tree;
    }

    private static Map<String, @Nullable Object> value(@Nullable Double value, long n) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("value", value);
        tree.put("n", n);
        return tree;
    }
}
