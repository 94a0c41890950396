package io.segue.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SamplingTest {
    private static final Sampling SAMPLING = new Sampling(0.1, 0.05);

    @Test
    void littleConfidenceInWhatMattersComesFirst() {
        assertEquals(0.72, Sampling.score(0.2, 0.9), 1e-12);
        assertEquals(0, Sampling.score(1, 1), 1e-12);
        assertEquals(0, Sampling.score(0, 0), 1e-12);
    }

    @Test
    void aTurnsLotIsTheSameAtEveryLook() {
        // echo -n "0a/t1" | md5sum
        assertEquals(0x6f485c1aL / 0x1p32, Sampling.lot("0a", "t1"));
        assertEquals(0x4e072691L / 0x1p32, Sampling.secondLot("0a", "t1"));
    }

    @Test
    void lotsAreSpreadEvenly() {
        int inSlice = 0;
        int inBoth = 0;
        for (int i = 0; i < 100_000; i++) {
            boolean random = Sampling.lot("call", "t" + i) < SAMPLING.randomShare();
            inSlice += random ? 1 : 0;
            inBoth += random && Sampling.secondLot("call", "t" + i) < SAMPLING.secondShare() ? 1 : 0;
        }
        // Five standard deviations of a fair draw.
        assertEquals(10_000, inSlice, 475);
        assertEquals(500, inBoth, 112);
    }

    @Test
    void offersEachSliceAsOftenAsItsShareSays() {
        assertEquals(Slice.RANDOM, SAMPLING.order(0).getFirst());
        assertEquals(Slice.RANDOM, SAMPLING.order(0.0999).getFirst());
        assertEquals(Slice.SECOND, SAMPLING.order(0.1).getFirst());
        assertEquals(Slice.SECOND, SAMPLING.order(0.1499).getFirst());
        assertEquals(Slice.RISK, SAMPLING.order(0.1501).getFirst());
        assertEquals(Slice.RISK, SAMPLING.order(0.9999).getFirst());
        for (double dice : new double[] {0, 0.12, 0.5}) {
            assertEquals(3, SAMPLING.order(dice).stream().distinct().count());
        }
    }

    @Test
    void takesSharesUpToTheWholeAndNoMore() {
        assertEquals(1, new Sampling(0.9, 0.1).order(0.5).indexOf(Slice.RISK));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(0.95, 0.06));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(-0.01, 0));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(Double.NaN, 0));
    }
}
