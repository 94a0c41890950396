package io.segue.flow.oversight;

import io.segue.signoff.Decision;
import io.segue.signoff.Request;

/** Told of what people are asked and decide, for metrics; on any thread. */
public interface DecisionObserver {
    void asked(Request.Kind kind);

    /** @param waitedMs from the question to the decision that holds */
    void decided(Request.Kind kind, Decision decision, long waitedMs);

    /** A request is gone with its call, which ended by a fault of ours. */
    void abandoned(Request.Kind kind);

    /** An agent went past people. */
    void violated(Request.Kind kind);

    /** Watches nothing. */
    static DecisionObserver none() {
        return new DecisionObserver() {
            @Override
            public void asked(Request.Kind kind) {}

            @Override
            public void decided(Request.Kind kind, Decision decision, long waitedMs) {}

            @Override
            public void abandoned(Request.Kind kind) {}

            @Override
            public void violated(Request.Kind kind) {}
        };
    }
}
