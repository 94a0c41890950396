package io.segue.agentlink;

import java.util.concurrent.atomic.LongAdder;

/** What has gone over all agents' sockets since the start. Safe from any thread. */
public final class LinkCounters {
    final LongAdder opened = new LongAdder();
    final LongAdder live = new LongAdder();
    final LongAdder framesOut = new LongAdder();
    final LongAdder audioIn = new LongAdder();
    final LongAdder unusualAudioIn = new LongAdder();
    final LongAdder unknownIn = new LongAdder();
    final LongAdder binaryIn = new LongAdder();
    final LongAdder malformedIn = new LongAdder();

    public Snapshot snapshot() {
        return new Snapshot(
                opened.sum(),
                live.sum(),
                framesOut.sum(),
                audioIn.sum(),
                unusualAudioIn.sum(),
                unknownIn.sum(),
                binaryIn.sum(),
                malformedIn.sum());
    }

    /**
     * The counts at one moment.
     *
     * @param opened sockets whose handshake was done
     * @param live sockets that are open now
     * @param framesOut frames sent
     * @param audioIn audio frames taken
     * @param unusualAudioIn those of them that needed the JSON parser
     * @param unknownIn frames that mean nothing to us
     * @param binaryIn binary frames, ignored
     * @param malformedIn frames that could not be used
     */
    public record Snapshot(
            long opened,
            long live,
            long framesOut,
            long audioIn,
            long unusualAudioIn,
            long unknownIn,
            long binaryIn,
            long malformedIn) {}
}
