package io.segue.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CpuGateTest {
    private long cpu;
    private long now;
    private final CpuGate gate = new CpuGate(() -> cpu, () -> now, 0.9, 2);

    @Test
    void closesAfterThreeSecondsAboveTheLimitAndNotBefore() {
        second(1.81);
        assertFalse(gate.getAsBoolean());
        second(1.81);
        assertFalse(gate.getAsBoolean());
        second(1.81);
        assertTrue(gate.getAsBoolean());
    }

    @Test
    void staysOpenAtTheLimit() {
        for (int i = 0; i < 10; i++) {
            second(1.8);
            assertFalse(gate.getAsBoolean());
        }
    }

    @Test
    void opensAgainAtTheFirstSecondBelow() {
        closesAfterThreeSecondsAboveTheLimitAndNotBefore();
        second(1.0);
        assertFalse(gate.getAsBoolean());
    }

    @Test
    void looksAtMostOnceASecondHoweverOftenItIsAsked() {
        for (int i = 0; i < 100; i++) {
            now += 10_000_000;
            cpu += 20_000_000;
            assertFalse(gate.getAsBoolean());
        }
    }

    @Test
    void aLimitThatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new CpuGate(() -> 0, () -> 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new CpuGate(() -> 0, () -> 0, 1.01, 1));
    }

    private void second(double cores) {
        now += 1_000_000_000L;
        cpu += (long) (cores * 1e9);
    }
}
