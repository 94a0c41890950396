package io.segue.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void findsTheMetricsOfAnExpressionAndNothingElse() {
        assertEquals(Set.of("a_total"), PromQl.metrics("a_total"));
        assertEquals(
                Set.of("a_total", "b:rate5m"),
                PromQl.metrics("sum by (x, y) (rate(a_total{k=~\"b.*\",l!='c{'}[5m])) / b:rate5m"));
        assertEquals(
                Set.of("h_bucket"),
                PromQl.metrics("histogram_quantile(0.95, sum(rate(h_bucket[$__rate_interval])) by (le))"));
        assertEquals(Set.of("a", "b"), PromQl.metrics("a offset 5m > bool 1e3 and on(x) group_left(z) b == Inf"));
        assertEquals(Set.of("a"), PromQl.metrics("label_values(a{x=\"1\"}, agent)"));
        assertEquals(Set.of("a"), PromQl.metrics("sum without(instance) (increase(a[1h:5m])) unless vector(0)"));
        assertEquals(Set.of("a"), PromQl.metrics("max(a{agent=~\"$agent\"}) * 100"));
    }
}
