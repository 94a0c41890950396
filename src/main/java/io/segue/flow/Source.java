package io.segue.flow;

import org.jspecify.annotations.Nullable;

/** What a leg's peer hears. */
public sealed interface Source {
    /** Silence in the leg's codec; the stream of packets goes on. */
    record Silence() implements Source {}

    /**
     * The leg's own {@link Playout}, silence when it is empty.
     *
     * @param comfort what plays when the agent has played nothing for a while; none before a handoff begins
     */
    record Playout(@Nullable Comfort comfort) implements Source {}

    /** A sound that says: somebody is coming. */
    record Filler(Sound sound) implements Source {}

    /** What another leg's peer says, and its telephone-events. */
    record Leg(MediaLeg leg) implements Source {}

    /**
     * The filler that steps in for a mute agent.
     *
     * @param afterMs how long the agent may have played nothing before it starts, counted from the moment this was set or the
     *     agent's last audio, whichever is later; 400 by default
     */
    record Comfort(Sound sound, int afterMs) {}

    /** A looped sound. */
    sealed interface Sound {
        /** A soft tone, the default. */
        record Tone() implements Sound {}

        /** A ringback tone: 440 and 480 Hz, 2 s on and 4 s off. */
        record Ringback() implements Sound {}

        /** A file of the sounds directory, by its id: mu-law at 8 kHz, without a header. */
        record File(String id) implements Sound {}

        /** A file played once, then silence; {@link LegEvent.SoundEnded} tells when. */
        record Once(String id) implements Sound {}
    }
}
