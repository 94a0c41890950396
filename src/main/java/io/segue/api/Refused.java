package io.segue.api;

/** Carries a problem out of a method that returns no response. */
public final class Refused extends RuntimeException {
    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
