package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.MediaPlane.Opening;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plane: its ports, and its life. */
class MediaTest {
    @Test
    void refusesALegBeyondThePortsAndLetsThemRest() {
        try (Studio studio = new Studio(1, 3, null, Studio::quick)) {
            List<Studio.Line> lines = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                lines.add(studio.open(null));
            }
            assertEquals(0, lines.getFirst().leg().local().getPort() % 2);
            assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
            assertEquals(1, studio.media.counters().portShortages());
            lines.getFirst().leg().close();
            until("closed", () -> studio.media.counters().portsUsed() == 2);
            assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
            until("rested", () -> studio.media.counters().portsFree() == 1);
            assertEquals(lines.getFirst().leg().local(), studio.open(null).leg().local());
        }
    }

    @Test
    void bindsBothPortsOfAPairOrNeither() throws IOException {
        try (Studio studio = new Studio(1, 2, null, Studio::quick)) {
            Studio.Line first = studio.open(null);
            int above = first.leg().local().getPort() + 3;
            try (DatagramSocket squatter =
                    new DatagramSocket(above, first.leg().local().getAddress())) {
                assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
                try (DatagramSocket free = new DatagramSocket(
                        squatter.getLocalPort() - 1, first.leg().local().getAddress())) {
                    assertTrue(free.isBound());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void turnsWarmsUpAndEnds(int loops) {
        Studio studio = new Studio(loops, 2, null, l -> l);
        studio.media.warmUp();
        assertEquals(0, studio.media.counters().failures());
        assertEquals(0, studio.media.counters().portsUsed());
        assertTrue(studio.media.turning(1000));
        Studio.Line line = studio.open(null);
        studio.close();
        assertTrue(line.leg().isClosed());
        assertTrue(!studio.media.turning(1000));
        assertInstanceOf(Opening.NoPort.class, studio.media.open(studio.thread, e -> {}, null));
    }
}
