package io.segue.api.review;

import io.segue.flow.review.Reviews.Halves;
import io.segue.review.Estimate;
import io.segue.review.Interval;
import io.segue.review.Proposal;
import io.segue.review.Reliability;
import io.segue.review.Tally;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Figures as trees. */
final class Shown {
    private static final double DIGITS = 1e6;

    private Shown() {}

    /** An intent's curve, of all its calls. */
    static Map<String, Object> curve(String intent, Halves halves) {
        Tally all = new Tally();
        all.add(halves.learning());
        all.add(halves.checking());
        Reliability curve = Reliability.of(all);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("intent", intent);
        tree.put("turns", all.turns());
        tree.put("labels", all.labels());
        put(tree, "calibrationError", curve.error());
        tree.put("bins", curve.bins().stream().map(Shown::bin).toList());
        return tree;
    }

    private static Map<String, Object> bin(Reliability.Bin bin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "from", bin.from());
        put(tree, "to", bin.to());
        tree.put("turns", bin.turns());
        tree.put("labels", bin.labels());
        tree.put("right", bin.right());
        put(tree, "confidence", bin.confidence());
        if (bin.accuracy() instanceof Interval accuracy) {
            put(tree, "accuracy", accuracy.share());
            put(tree, "low", accuracy.low());
            put(tree, "high", accuracy.high());
        }
        return tree;
    }

    static Map<String, Object> proposal(Proposal proposal) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (proposal) {
            case Proposal.Threshold(Estimate learnt, Estimate checked) -> {
                put(tree, "threshold", learnt.threshold());
                tree.put("learnt", estimate(learnt));
                tree.put("checked", estimate(checked));
            }
            case Proposal.TooFew(long learning, long checking, int needed) ->
                tree.put(
                        "refused",
                        "a proposal needs " + needed + " labels in each half of the calls; there are " + learning
                                + " and " + checking);
            case Proposal.Unreachable(Estimate best) -> {
                tree.put("refused", "no threshold keeps this error budget");
                tree.put("best", estimate(best));
            }
        }
        return tree;
    }

    static Map<String, Object> estimate(Estimate estimate) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "interventionRate", estimate.intervention());
        put(tree, "error", estimate.error().share());
        put(tree, "low", estimate.error().low());
        put(tree, "high", estimate.error().high());
        tree.put("labels", estimate.labels());
        return tree;
    }

    static void put(Map<String, Object> tree, String name, @Nullable Double figure) {
        if (figure != null) {
            tree.put(name, Math.rint(figure * DIGITS) / DIGITS);
        }
    }
}
