package io.segue.stun;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/** What a browser's ICE agent sends to check that it gets through, and what it reads of the answer. */
public final class Checks {
    private static final int ICE_CONTROLLING = 0x802A;

    private Checks() {}

    /** A check by a full agent that controls, or by one that thinks that we do. */
    public static byte[] request(String ufrag, String password, boolean nominates, boolean controlled) {
        byte[] head = new byte[16];
        ThreadLocalRandom.current().nextBytes(head);
        ByteBuffer.wrap(head).putInt(0, Wire.COOKIE);
        StunWriter writer = new StunWriter(Wire.BINDING_REQUEST, head)
                .attribute(Wire.USERNAME, (ufrag + ":them").getBytes())
                .attribute(Wire.PRIORITY, new byte[] {110, 0, 1, -1})
                .attribute(controlled ? Wire.ICE_CONTROLLED : ICE_CONTROLLING, new byte[8]);
        if (nominates) {
            writer.attribute(Wire.USE_CANDIDATE, new byte[0]);
        }
        return writer.integrity(password.getBytes()).sealed();
    }

    /** 0 where the check has passed, else the status. */
    public static int status(byte[] response) {
        ByteBuffer read = ByteBuffer.wrap(response);
        return read.getShort(0) == Wire.BINDING_SUCCESS ? 0 : read.get(26) * 100 + read.get(27);
    }
}
