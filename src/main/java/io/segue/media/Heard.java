package io.segue.media;

import io.segue.flow.media.MediaLeg;
import io.segue.flow.media.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source, worked out for the loop off the packets' path.
 *
 * @param base what it is but for the voices on top of it: the source itself where it is no mix
 * @param kind the kind of the base
 * @param leg the other leg, where the base is one, or what one hears
 * @param sound what plays: the filler, or the comfort of a playout
 * @param mixed whether it is added up here, and not relayed or played as it is
 * @param voices legs on top of the base
 */
record Heard(
        Source source,
        Source base,
        Kind kind,
        @Nullable Leg leg,
        @Nullable SoundPlayer sound,
        long comfortAfterNanos,
        boolean mixed,
        List<Leg> voices) {
    /** The kinds of source that a mix may begin with. */
    enum Kind {
        SILENCE,
        PLAYOUT,
        FILLER,
        LEG,
        HEARD_BY
    }

    private static final long MILLI_NANOS = 1_000_000;

    static final Heard SILENCE = plain(new Source.Silence(), Kind.SILENCE, null, null, 0);

    private static Heard plain(
            Source source, Kind kind, @Nullable Leg leg, @Nullable SoundPlayer sound, long comfortAfterNanos) {
        return new Heard(source, source, kind, leg, sound, comfortAfterNanos, kind == Kind.HEARD_BY, List.of());
    }

    /** @param now what is heard now: a sound that goes on with other voices does not begin anew */
    static Heard of(Source source, Sounds sounds, Heard now) {
        if (source instanceof Source.Mix(Source base, List<MediaLeg> voices)) {
            Heard alone = of(base, sounds, now);
            return new Heard(
                    source,
                    base,
                    alone.kind(),
                    alone.leg(),
                    alone.sound(),
                    alone.comfortAfterNanos(),
                    true,
                    voices.stream().map(Heard::ours).toList());
        }
        return switch (source) {
            case Source.Silence silence -> SILENCE;
            case Source.Playout(Source.Comfort comfort) ->
                plain(
                        source,
                        Kind.PLAYOUT,
                        null,
                        comfort == null ? null : player(source, comfort.sound(), sounds, now),
                        comfort == null ? 0 : comfort.afterMs() * MILLI_NANOS);
            case Source.Filler(Source.Sound sound) ->
                plain(source, Kind.FILLER, null, player(source, sound, sounds, now), 0);
            case Source.Leg(MediaLeg other) -> plain(source, Kind.LEG, ours(other), null, 0);
            case Source.HeardBy(MediaLeg other) -> plain(source, Kind.HEARD_BY, ours(other), null, 0);
            case Source.Mix mix -> throw new IllegalArgumentException("a mix of mixes");
        };
    }

    private static @Nullable SoundPlayer player(Source base, Source.Sound sound, Sounds sounds, Heard now) {
        return base.equals(now.base()) ? now.sound() : new SoundPlayer(sounds, sound);
    }

    private static Leg ours(MediaLeg other) {
        if (other instanceof Leg leg) {
            return leg;
        }
        throw new IllegalArgumentException("a leg of another media plane");
    }

    /** The leg whose packets go on as they come. */
    @Nullable
    Leg relayed() {
        return mixed ? null : leg;
    }

    /** The leg whose first packet it begins with; none where it may begin at once. */
    @Nullable
    Leg awaited() {
        return kind == Kind.LEG ? leg : null;
    }

    /** What of {@link #leg} is heard. */
    Strand strand() {
        return kind == Kind.HEARD_BY ? Strand.SENT : Strand.SPEECH;
    }

    /** The leg of which is heard what its peer is sent. */
    @Nullable
    Leg watched() {
        return kind == Kind.HEARD_BY ? leg : null;
    }

    /** Whether what the leg's peer says is heard. */
    boolean hears(Leg other) {
        return awaited() == other || voices.contains(other);
    }
}
