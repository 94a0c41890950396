package io.segue.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StoreGateTest {
    private double waiting;
    private final StoreGate gate = new StoreGate(() -> waiting, 0.9);

    @Test
    void refusesAtOneWriteMoreThanTheShareAndTakesCallsAgainBelow() {
        waiting = 18_000 / 20_000.0;
        assertFalse(gate.getAsBoolean());
        waiting = 18_001 / 20_000.0;
        assertTrue(gate.getAsBoolean());
        waiting = 0;
        assertFalse(gate.getAsBoolean());
    }

    @Test
    void takesAShareAboveNothingAndUpToAll() {
        assertThrows(IllegalArgumentException.class, () -> new StoreGate(() -> 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new StoreGate(() -> 0, 1.01));
        assertFalse(new StoreGate(() -> 1, 1).getAsBoolean());
    }
}
