package io.segue.media;

import io.segue.flow.MediaLeg;
import io.segue.flow.Source;
import org.jspecify.annotations.Nullable;

/**
 * A source, worked out for the loop off the packets' path.
 *
 * @param leg the other leg, where the source is one
 * @param sound what plays: the filler, or the comfort of a playout
 */
record Heard(
        Source source,
        Kind kind,
        @Nullable Leg leg,
        @Nullable SoundPlayer sound,
        long comfortAfterNanos) {
    /** The kinds of source. */
    enum Kind {
        SILENCE,
        PLAYOUT,
        FILLER,
        LEG
    }

    private static final long MILLI_NANOS = 1_000_000;

    static final Heard SILENCE = new Heard(new Source.Silence(), Kind.SILENCE, null, null, 0);

    static Heard of(Source source, Sounds sounds) {
        return switch (source) {
            case Source.Silence silence -> SILENCE;
            case Source.Playout(Source.Comfort comfort) ->
                new Heard(
                        source,
                        Kind.PLAYOUT,
                        null,
                        comfort == null ? null : new SoundPlayer(sounds, comfort.sound()),
                        comfort == null ? 0 : comfort.afterMs() * MILLI_NANOS);
            case Source.Filler(Source.Sound sound) ->
                new Heard(source, Kind.FILLER, null, new SoundPlayer(sounds, sound), 0);
            case Source.Leg(MediaLeg other) -> {
                if (!(other instanceof Leg leg)) {
                    throw new IllegalArgumentException("a leg of another media plane");
                }
                yield new Heard(source, Kind.LEG, leg, null, 0);
            }
        };
    }
}
