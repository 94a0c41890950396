package io.segue.media;

import io.segue.rtp.G711;
import io.segue.rtp.Law;
import io.segue.rtp.MixInput;
import io.segue.rtp.Repacketiser;
import io.segue.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum that a leg's peer hears where its source is a mix: linear samples, added at the pace of the leg's own packets, saturated by the law they are coded in. On the leg's
 * loop alone; what is heard changes off the packets' path, and a packet allocates nothing.
 */
final class Mixer {
    private final PacedSources paced;
    private final byte[] frame = new byte[Repacketiser.SAMPLES_MAX];
    private final short[] linear = new short[Repacketiser.SAMPLES_MAX];
    private final int[] sum = new int[Repacketiser.SAMPLES_MAX];
    private Input[] inputs = {};

    /** Another leg's audio in the sum. */
    private static final class Input {
        private final Leg leg;
        private final Strand strand;
        private final MixInput audio = new MixInput();
        /** What it gave to the sum last. */
        private final short[] given = new short[Repacketiser.SAMPLES_MAX];
        /** The same audio for the leg's tap; none where it is not a voice. */
        private final @Nullable MixInput tapped;

        private Input(Leg leg, Strand strand, boolean voice) {
            this.leg = leg;
            this.strand = strand;
            this.tapped = voice ? new MixInput() : null;
        }

        private boolean is(Leg other, Strand of, boolean voice) {
            return leg == other && strand == of && voice == (tapped != null);
        }
    }

    Mixer(PacedSources paced) {
        this.paced = paced;
    }

    /** This is heard from now on; inputs that it shares with what was heard before go on without a break. */
    void follow(Heard heard) {
        List<Leg> voices = heard.voices();
        Leg base = heard.leg();
        Input[] next = new Input[voices.size() + (base == null ? 0 : 1)];
        for (int i = 0; i < voices.size(); i++) {
            next[i] = input(voices.get(i), Strand.SPEECH, true);
        }
        if (base != null) {
            next[voices.size()] = input(base, heard.strand(), false);
        }
        inputs = next;
    }

    private Input input(Leg leg, Strand strand, boolean voice) {
        return Arrays.stream(inputs)
                .filter(one -> one.is(leg, strand, voice))
                .findFirst()
                .orElseGet(() -> new Input(leg, strand, voice));
    }

    /** Takes another leg's audio. */
    void take(Leg from, Strand strand, RtpPacket packet, Law law) {
        for (Input input : inputs) {
            if (input.leg == from && input.strand == strand) {
                put(input.audio, packet, law);
                MixInput tapped = input.tapped;
                if (tapped != null) {
                    put(tapped, packet, law);
                }
            }
        }
    }

    private static void put(MixInput audio, RtpPacket packet, Law law) {
        audio.put(
                law,
                packet.buffer(),
                packet.payloadOffset(),
                packet.payloadLength(),
                packet.ssrc(),
                packet.timestamp());
    }

    /** Adds up the next packet. */
    void next(Heard heard, int samples, long nowNanos) {
        if (heard.leg() == null) {
            paced.fill(heard, frame, samples, nowNanos);
            for (int i = 0; i < samples; i++) {
                sum[i] = G711.linear(Law.ULAW, frame[i]);
            }
        } else {
            Arrays.fill(sum, 0, samples, 0);
        }
        for (Input input : inputs) {
            input.audio.read(input.given, samples);
            for (int i = 0; i < samples; i++) {
                sum[i] += input.given[i];
            }
        }
    }

    /** Codes what {@link #next} added up. */
    void write(Law law, ByteBuffer to, int at, int samples) {
        for (int i = 0; i < samples; i++) {
            to.put(at + i, G711.encode(law, sum[i]));
        }
    }

    /** Codes the same for somebody who listens in: without what comes from themselves. */
    void writeFor(Leg listener, Law law, ByteBuffer to, int at, int samples) {
        for (Input input : inputs) {
            if (input.leg == listener) {
                for (int i = 0; i < samples; i++) {
                    to.put(at + i, G711.encode(law, sum[i] - input.given[i]));
                }
                return;
            }
        }
        write(law, to, at, samples);
    }

    /** Adds the voices to 20 ms of mu-law of what the leg's own peer says: who joins the peer is heard by whoever listens to the peer. */
    void addVoices(byte[] ulaw, int samples) {
        for (Input input : inputs) {
            MixInput tapped = input.tapped;
            if (tapped != null) {
                tapped.read(linear, samples);
                for (int i = 0; i < samples; i++) {
                    ulaw[i] = G711.encode(Law.ULAW, G711.linear(Law.ULAW, ulaw[i]) + linear[i]);
                }
            }
        }
    }
}
