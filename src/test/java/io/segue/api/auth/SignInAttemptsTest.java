package io.segue.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SignInAttemptsTest {
    private final SignInAttempts attempts = new SignInAttempts(new SignInAttempts.Limits(3, 2, 100));

    @Test
    void letsAsManyFailForAHumanAsTheLimitAndNotOneMore() {
        assertEquals(0, attempts.begin("1", "ann", 0));
        assertEquals(0, attempts.begin("2", "ann", 10_000));
        assertEquals(50, attempts.begin("3", "ann", 10_000));
        assertEquals(1, attempts.begin("3", "ann", 59_999));
        assertEquals(0, attempts.begin("3", "ben", 10_000));
        assertEquals(0, attempts.begin("3", "ann", 60_000));
    }

    @Test
    void letsAsManyFailFromAnAddressAsTheLimitAndNotOneMore() {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, attempts.begin("1", "h" + i, 0));
        }
        assertEquals(60, attempts.begin("1", "h3", 0));
        assertEquals(0, attempts.begin("2", "h3", 0));
    }

    @Test
    void countsNoneThatSucceeds() {
        for (int i = 0; i < 10; i++) {
            assertEquals(0, attempts.begin("1", "ann", i));
            attempts.succeeded("1", "ann", i);
        }
    }

    @Test
    void keepsNoMoreInMindThanTheLimit() {
        SignInAttempts few = new SignInAttempts(new SignInAttempts.Limits(1, 1, 2));
        assertEquals(0, few.begin("1", "ann", 0));
        assertEquals(60, few.begin("1", "ann", 0));
        assertEquals(0, few.begin("2", "ben", 0));
        assertEquals(0, few.begin("1", "ann", 0));
    }

    @Test
    void whatIsRefusedPushesNothingOutOfMind() {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, attempts.begin("1", "h" + i, 0));
        }
        for (int i = 0; i < 1_000; i++) {
            assertEquals(60, attempts.begin("1", "other" + i, 0));
        }
        assertEquals(60, attempts.begin("1", "h0", 0));
    }
}
