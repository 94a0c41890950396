package io.segue.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which way media flows, as the one who writes it sees it (RFC 8866 6.7). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    /** The same flow as the other side sees it, which is also the answer to it (RFC 3264 6.1). */
    public Direction mirrored() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** The attribute's name. */
    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Direction named(String attribute) {
        for (Direction direction : values()) {
            if (direction.attribute().equalsIgnoreCase(attribute)) {
                return direction;
            }
        }
        return null;
    }
}
