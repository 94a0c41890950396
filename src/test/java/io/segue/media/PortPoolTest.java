package io.segue.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortPoolTest {
    private static final long MS = 1_000_000;

    @Test
    void handsOutEveryPortOfTheRangeAndNotOneMore() {
        PortPool pool = new PortPool(20_001, 20_006, 5000 * MS);
        assertEquals(OptionalInt.of(20_002), pool.take(0));
        assertEquals(OptionalInt.of(20_004), pool.take(0));
        assertEquals(OptionalInt.empty(), pool.take(0), "20006 has no port above it");
    }

    @Test
    void letsAPortRestBeforeItIsUsedAgain() {
        PortPool pool = new PortPool(20_000, 20_003, 5000 * MS);
        pool.take(0);
        pool.take(0);
        pool.giveBack(20_002, 1000 * MS);
        assertEquals(0, pool.free(5999 * MS));
        assertEquals(OptionalInt.empty(), pool.take(5999 * MS));
        assertEquals(1, pool.free(6000 * MS));
        assertEquals(OptionalInt.of(20_002), pool.take(6000 * MS));
        assertEquals(2, pool.used());
    }
}
