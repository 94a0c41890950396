package io.segue.api.review;

import io.segue.flow.review.Reviews.Span;
import io.segue.review.Proposal.Target;
import io.segue.review.Slice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which labels, and what for.
 *
 * @param slice of what labels alone; none: of all
 */
record CalibrationQuery(Span span, @Nullable Slice slice, Target target) {
    private static final double ERROR_BUDGET = 0.05;

    /** Refuses the request when something is wrong. */
    static CalibrationQuery of(
            String agent,
            @Nullable String from,
            @Nullable String to,
            @Nullable String slice,
            @Nullable String errorBudget,
            @Nullable String interventionRate) {
        Parameters p = new Parameters();
        Span span = p.span(agent, from, to);
        Slice only = p.oneOf("slice", slice, List.of(Slice.RISK, Slice.RANDOM));
        Double budget = p.share("errorBudget", errorBudget);
        Double rate = p.share("interventionRate", interventionRate);
        if (errorBudget != null && interventionRate != null) {
            p.wrong("interventionRate", "is one target too many beside errorBudget");
        }
        p.done();
        Target target = rate != null
                ? new Target.InterventionRate(rate)
                : new Target.ErrorBudget(budget == null ? ERROR_BUDGET : budget);
        return new CalibrationQuery(span, only, target);
    }

    Map<String, Object> shownTarget() {
        return switch (target) {
            case Target.ErrorBudget(double share) -> Map.of("errorBudget", share);
            case Target.InterventionRate(double share) -> Map.of("interventionRate", share);
        };
    }
}
