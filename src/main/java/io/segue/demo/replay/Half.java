package io.segue.demo.replay;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Which dialogues of a file: all, or one half by a hash of the dialogue's id, so that what was learnt on one can be checked on the other. */
public enum Half {
    EVEN,
    ODD,
    ALL;

    /** Whether a dialogue belongs to it. */
    public boolean has(String id) {
        if (this == ALL) {
            return true;
        }
        CRC32 hash = new CRC32();
        hash.update(id.getBytes(StandardCharsets.UTF_8));
        return (hash.getValue() & 1) == ordinal();
    }
}
