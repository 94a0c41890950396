package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
    private final ReceptionStatistics statistics = new ReceptionStatistics();

    @Test
    void countsLossAcrossTheWrapAndTellsTheFractionOfTheInterval() {
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3) {
                statistics.received(1, (65_500 + i) & 0xFFFF, i * 160, i * 160);
            }
        }
        assertEquals(24, statistics.lost());
        assertEquals(65_598, statistics.extendedHighest());
        assertEquals(24 * 256 / 99, statistics.takeFractionLost());
        assertEquals(0, statistics.takeFractionLost());
        assertEquals(24, statistics.cumulativeLost());
    }

    @Test
    void tellsNegativeLossForDuplicatesInTheReportAlone() {
        statistics.received(1, 1, 0, 0);
        statistics.received(1, 1, 0, 0);
        assertEquals(-1, statistics.cumulativeLost());
        assertEquals(0, statistics.lost());
    }

    @Test
    void estimatesJitterAsTheAppendixDoes() {
        int arrival = 0;
        for (int i = 0; i < 1000; i++) {
            statistics.received(1, i, i * 160, arrival + (i % 2 == 0 ? 0 : 16));
            arrival += 160;
        }
        // Every step differs by 16 units, which is what the filter settles at.
        assertEquals(16, statistics.jitter(), 1);
    }

    @Test
    void keepsTheLossOfASourceThatChangedItsSsrc() {
        statistics.received(1, 1, 0, 0);
        statistics.received(1, 3, 320, 320);
        statistics.received(2, 9000, 0, 480);
        assertEquals(1, statistics.lost());
        assertEquals(0, statistics.cumulativeLost());
    }
}
