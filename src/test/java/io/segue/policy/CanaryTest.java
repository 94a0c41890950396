package io.segue.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final int CALLS = 20_000;

    private static Canary of(double percent) {
        return new Canary(percent, EscalationPolicy.defaults());
    }

    /** Ids that follow each other, the worst case for a poor hash. */
    private static String id(int call) {
        return String.format("%032x", call);
    }

    private static long share(double percent) {
        return IntStream.range(0, CALLS).filter(i -> of(percent).has(id(i))).count();
    }

    @Test
    void givesAsManyCallsToTheCanaryAsItsPercentSays() {
        assertEquals(0, share(0));
        assertEquals(CALLS, share(100));
        assertEquals(0.05 * CALLS, share(5), 0.006 * CALLS);
        assertEquals(0.5 * CALLS, share(50), 0.012 * CALLS);
    }

    @Test
    void aCallThatHasItAtOnePercentHasItAtMore() {
        for (int i = 0; i < CALLS; i++) {
            assertTrue(!of(1).has(id(i)) || of(10).has(id(i)));
        }
    }

    @Test
    void theChoiceIsTheSameOnEveryGatewayAndInEveryVersion() {
        // Written down: a change of the hash would give running calls of an older version another policy.
        assertEquals(
                "0001110011001011",
                IntStream.range(0, 16)
                        .mapToObj(i -> of(50).has(id(i)) ? "1" : "0")
                        .collect(Collectors.joining()));
    }
}
