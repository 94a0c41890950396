package io.segue.media;

import io.segue.flow.media.LegEvent;
import io.segue.flow.media.Source;
import java.util.Arrays;

/** The sources that have no clock of their own, as one leg's peer hears them: silence, the agent with its comfort, and fillers. On the leg's loop alone. */
final class PacedSources {
    private static final byte SILENCE = (byte) 0xFF;

    private final Leg leg;
    private final AgentPlayout playout;
    private long sinceNanos;
    private boolean comforting;

    PacedSources(Leg leg, AgentPlayout playout) {
        this.leg = leg;
        this.playout = playout;
    }

    /** One source gives way to another. */
    void changed(Heard from, Heard to, long nowNanos) {
        if (from.base().equals(to.base())) {
            return;
        }
        sinceNanos = nowNanos;
        comforting = false;
        if (to.kind() == Heard.Kind.PLAYOUT) {
            playout.enter();
        } else if (from.kind() == Heard.Kind.PLAYOUT) {
            playout.leave(nowNanos);
        }
    }

    /** Fills a packet with mu-law. */
    void fill(Heard heard, byte[] frame, int samples, long nowNanos) {
        SoundPlayer sound = heard.sound();
        if (heard.kind() == Heard.Kind.PLAYOUT) {
            if (playout.fill(frame, samples, nowNanos)) {
                comforting = false;
                return;
            }
            long quietSince = Math.max(sinceNanos, playout.endedAtNanos());
            if (sound == null || nowNanos - quietSince < heard.comfortAfterNanos()) {
                sound = null;
            } else if (!comforting) {
                comforting = true;
                sound.rewind();
            }
        }
        if (sound == null) {
            Arrays.fill(frame, 0, samples, SILENCE);
        } else if (sound.fill(frame, samples) && heard.base() instanceof Source.Filler(Source.Sound.Once(String id))) {
            leg.tell(new LegEvent.SoundEnded(id));
        }
    }
}
