package io.segue.review;

/** The threshold that labels speak for. It is learnt from one half of the calls and checked on the other. */
public sealed interface Proposal {
    /** What the threshold has to keep to. */
    sealed interface Target {
        /** At most this share of all turns is wrong and goes to nobody: the lowest threshold that does it. */
        record ErrorBudget(double share) implements Target {}

        /** At most this share of all turns goes to a person: the highest threshold that does it. */
        record InterventionRate(double share) implements Target {}
    }

    /**
     * @param learnt what it does to the half that it was learnt from
     * @param checked what it does to the other half
     */
    record Threshold(Estimate learnt, Estimate checked) implements Proposal {}

    /** One of the halves has too few labels to say anything. */
    record TooFew(long learning, long checking, int needed) implements Proposal {}

    /** Even the highest threshold, 0.99, lets more errors through. */
    record Unreachable(Estimate best) implements Proposal {}

    /** @param labelsMin that each half needs, 1 or more */
    static Proposal of(Tally learning, Tally checking, Target target, int labelsMin) {
        if (learning.labels() < labelsMin || checking.labels() < labelsMin) {
            return new TooFew(learning.labels(), checking.labels(), labelsMin);
        }
        return switch (target) {
            case Target.ErrorBudget(double share) -> {
                for (int step = 0; step < Tally.STEPS; step++) {
                    if (Estimate.of(learning, step).error().share() <= share) {
                        yield found(learning, checking, step);
                    }
                }
                yield new Unreachable(Estimate.of(learning, Tally.STEPS - 1));
            }
            case Target.InterventionRate(double share) -> {
                int step = Tally.STEPS - 1;
                while (step > 0 && Estimate.of(learning, step).intervention() > share) {
                    step--;
                }
                yield found(learning, checking, step);
            }
        };
    }

    private static Threshold found(Tally learning, Tally checking, int step) {
        return new Threshold(Estimate.of(learning, step), Estimate.of(checking, step));
    }
}
