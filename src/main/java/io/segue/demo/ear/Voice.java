package io.segue.demo.ear;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Somebody who can be told from others in 20 ms of decoded audio, by a pilot tone that never pauses. */
public final class Voice {
    public static final int CALLER_HERTZ = 3000;
    public static final int AGENT_HERTZ = 3200;
    public static final int HUMAN_HERTZ = 3400;
    private static final double TONE_DBM0 = -16;

    private final String who;
    private final byte[] mulaw;
    private final byte[] alaw;

    private Voice(String who, byte[] mulaw) {
        this.who = who;
        this.mulaw = mulaw;
        alaw = G711.toAlaw(mulaw);
    }

    /** A voice that is nothing but its pilot, a multiple of 100 Hz, loud; for benches, where speech would only cost memory. */
    public static Voice tone(String who, int hertz) {
        double peak = Loudness.RMS_AT_0_DBM0 * Math.sqrt(2) * Math.pow(10, TONE_DBM0 / 20);
        byte[] mulaw = new byte[160];
        for (int i = 0; i < mulaw.length; i++) {
            mulaw[i] = G711.encodeMulaw((int) Math.round(peak * Math.sin(2 * Math.PI * hertz * i / 8000)));
        }
        return new Voice(who, mulaw);
    }

    /** The recorded caller, agent or human of the demo. */
    public static Voice recorded(String who) {
        String name = "/demo/" + who + ".ulaw";
        try (InputStream in = Voice.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no recording " + name);
            }
            return new Voice(who, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A voice of silence, told from nobody. */
    public static Voice silent() {
        byte[] mulaw = new byte[160];
        java.util.Arrays.fill(mulaw, (byte) 0xFF);
        return new Voice("silence", mulaw);
    }

    public static Voice callerTone() {
        return tone("caller", CALLER_HERTZ);
    }

    public static Voice agentTone() {
        return tone("agent", AGENT_HERTZ);
    }

    public static Voice humanTone() {
        return tone("human", HUMAN_HERTZ);
    }

    /** The audio in the coding of a payload type, 0 or 8. */
    public byte[] as(int payloadType) {
        return payloadType == 8 ? alaw : mulaw;
    }

    /** Whose voice it is. */
    public String who() {
        return who;
    }

    /** What is said in mu-law, a whole number of 20 ms frames, to be played in a loop; not to be changed. */
    public byte[] mulaw() {
        return mulaw;
    }

    /** The same in A-law. */
    public byte[] alaw() {
        return alaw;
    }
}
