package io.segue.media;

import io.segue.rtp.Law;
import io.segue.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The legs that hear what a leg's peer is sent. On the leg's loop alone. */
final class Watchers {
    private static final Leg[] NOBODY = {};

    private final Leg leg;
    private final RtpPacket packet = new RtpPacket();
    private Leg[] all = NOBODY;

    Watchers(Leg leg) {
        this.leg = leg;
    }

    void add(Leg watcher) {
        if (!Arrays.asList(all).contains(watcher)) {
            all = Arrays.copyOf(all, all.length + 1);
            all[all.length - 1] = watcher;
        }
    }

    void remove(Leg watcher) {
        all = Arrays.stream(all).filter(one -> one != watcher).toArray(Leg[]::new);
    }

    void clear() {
        all = NOBODY;
    }

    /**
     * A packet of audio has been sent.
     *
     * @param offset where its header begins
     * @param length of its payload
     */
    void sent(ByteBuffer buffer, int offset, int length, Law law, long nowNanos) {
        for (Leg watcher : all) {
            tell(watcher, buffer, offset, length, law, nowNanos);
        }
    }

    /** The same of a packet that a mixer made: nobody hears themselves. */
    void sentMix(Mixer mixer, ByteBuffer buffer, int length, Law law, long nowNanos) {
        for (Leg watcher : all) {
            mixer.writeFor(watcher, law, buffer, RtpPacket.HEADER_BYTES, length);
            tell(watcher, buffer, 0, length, law, nowNanos);
        }
    }

    private void tell(Leg watcher, ByteBuffer buffer, int offset, int length, Law law, long nowNanos) {
        int octets = RtpPacket.HEADER_BYTES + length;
        if (watcher.loop() != leg.loop()) {
            leg.loop().cross(leg, watcher, buffer, offset, octets, Strand.SENT, law);
        } else if (packet.wrap(buffer, offset, octets)) {
            watcher.egress().fromLeg(leg, packet, Strand.SENT, law, nowNanos);
        }
    }
}
