package io.segue.flow.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a leg's peer hears. */
public sealed interface Source {
    /** The leg whose peer is heard by it, alone or under the voices of others; none where it is a sound of ours. */
    default @Nullable MediaLeg saidBy() {
        return switch (this) {
            case Leg(MediaLeg leg) -> leg;
            case Mix(Source base, List<MediaLeg> voices) -> base.saidBy();
            case Silence _, Playout _, Filler _, HeardBy _ -> null;
        };
    }

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

    /** What another leg's peer hears, whatever that is and becomes; without the voice of whoever listens, where that is in it. */
    record HeardBy(MediaLeg leg) implements Source {}

    /**
     * A source with the voices of other legs on top. It takes over as its base does, and while the base stays the same it goes on without a break when voices come and go.
     * Who listens to this leg's peer by a {@link MediaLeg#tap tap} hears the voices too: they have joined the peer.
     *
     * @param base anything but a mix
     * @param voices 1 to {@value #VOICES_MAX} legs, none of which is the base
     */
    record Mix(Source base, List<MediaLeg> voices) implements Source {
        /** Voices that are added to one source at most. */
        public static final int VOICES_MAX = 3;

        public Mix {
            voices = List.copyOf(voices);
            if (base instanceof Mix) {
                throw new IllegalArgumentException("a mix of mixes");
            }
            if (voices.isEmpty() || voices.size() > VOICES_MAX) {
                throw new IllegalArgumentException("voices: " + voices.size());
            }
            if (base instanceof Leg(MediaLeg leg) && voices.contains(leg)) {
                throw new IllegalArgumentException("a leg twice");
            }
        }
    }

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
