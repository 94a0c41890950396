package io.segue.media;

import io.segue.flow.media.Source.Sound;
import java.util.Arrays;

/** A place in a sound: looped, or played once and then silent. */
final class SoundPlayer {
    private static final byte SILENCE = (byte) 0xFF;

    private final byte[] octets;
    private final boolean loops;
    private int at;

    SoundPlayer(Sounds sounds, Sound sound) {
        octets = sounds.octets(sound);
        loops = !(sound instanceof Sound.Once);
    }

    void rewind() {
        at = 0;
    }

    /** Fills a packet; true where a sound that plays once came to its end with it. */
    boolean fill(byte[] frame, int samples) {
        int filled = 0;
        while (filled < samples && at < octets.length) {
            int take = Math.min(samples - filled, octets.length - at);
            System.arraycopy(octets, at, frame, filled, take);
            filled += take;
            at += take;
            if (loops && at == octets.length) {
                at = 0;
            }
        }
        Arrays.fill(frame, filled, samples, SILENCE);
        return !loops && filled > 0 && at == octets.length;
    }
}
