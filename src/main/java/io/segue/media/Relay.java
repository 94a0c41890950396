package io.segue.media;

import io.segue.rtp.Law;
import io.segue.rtp.RelayedInput;
import io.segue.rtp.Repacketiser;
import org.jspecify.annotations.Nullable;

/** What a leg keeps of another leg that it hears, or is about to hear. */
final class Relay {
    final RelayedInput input = new RelayedInput();
    final RelayedEvent event = new RelayedEvent();
    private @Nullable Repacketiser cutter;
    boolean cutting;
    private boolean gridKnown;
    private int gridSsrc;

    Repacketiser cutter() {
        Repacketiser present = cutter;
        if (present == null) {
            present = new Repacketiser();
            cutter = present;
        }
        return present;
    }

    /** Packets of another length come: from now on they are cut. */
    void startCutting() {
        if (!cutting) {
            cutting = true;
            gridKnown = false;
        }
    }

    /** Makes sure that the cutter's grid is this input's. */
    void grid(int samples, Law law, int ssrc, int timestamp) {
        if (!gridKnown || ssrc != gridSsrc) {
            gridKnown = true;
            gridSsrc = ssrc;
            cutter().start(samples, law, timestamp);
        }
    }

    void reset() {
        input.reset();
        cutting = false;
        event.reset();
    }
}
