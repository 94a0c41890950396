package io.segue.demo.ear;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Somebody who can be told from others in 20 ms of decoded audio, by a pilot tone that never pauses.
 *
 * @param who the name in a finding
 * @param pilotHertz a multiple of 100, so that each pilot is orthogonal to the others in 10 ms and more
 * @param mulaw what is said, a whole number of 20 ms frames, played in a loop
 * @param alaw the same in A-law
 */
public record Voice(String who, int pilotHertz, byte[] mulaw, byte[] alaw) {
    public static final int CALLER_HERTZ = 3000;
    public static final int AGENT_HERTZ = 3200;
    public static final int HUMAN_HERTZ = 3400;
    private static final double TONE_DBM0 = -16;

    /** A voice that is nothing but its pilot, loud; for benches, where speech would only cost memory. */
    public static Voice tone(String who, int hertz) {
        double peak = Loudness.RMS_AT_0_DBM0 * Math.sqrt(2) * Math.pow(10, TONE_DBM0 / 20);
        byte[] mulaw = new byte[160];
        for (int i = 0; i < mulaw.length; i++) {
            mulaw[i] = G711.encodeMulaw((int) Math.round(peak * Math.sin(2 * Math.PI * hertz * i / 8000)));
        }
        return of(who, hertz, mulaw);
    }

    /** The recorded caller, agent or human of the demo. */
    public static Voice recorded(String who) {
        String name = "/demo/" + who + ".ulaw";
        try (InputStream in = Voice.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no recording " + name);
            }
            return of(who, hertzOf(who), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A voice of silence, told from nobody. */
    public static Voice silent() {
        byte[] mulaw = new byte[160];
        java.util.Arrays.fill(mulaw, (byte) 0xFF);
        return of("silence", 100, mulaw);
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

    private static Voice of(String who, int hertz, byte[] mulaw) {
        return new Voice(who, hertz, mulaw, G711.toAlaw(mulaw));
    }

    private static int hertzOf(String who) {
        return switch (who) {
            case "caller" -> CALLER_HERTZ;
            case "agent" -> AGENT_HERTZ;
            case "human" -> HUMAN_HERTZ;
            default -> throw new IllegalArgumentException("nobody is called " + who);
        };
    }
}
