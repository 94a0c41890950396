package io.segue.media;

import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the media plane runs.
 *
 * @param loops media loops, at least one
 * @param bind the address the sockets are bound to
 * @param advertised the address that goes into our SDP
 * @param portFirst lowest port of the range; RTP takes even ports, RTCP the one above
 * @param portLast highest port of the range, inclusive
 * @param sounds directory of {@code <id>.ulaw} files; what it lacks is looked for on the class path under {@code sounds/}
 */
public record MediaConfig(
        int loops,
        InetAddress bind,
        InetAddress advertised,
        int portFirst,
        int portLast,
        @Nullable Path sounds,
        Limits limits) {
    public MediaConfig {
        if (loops < 1) {
            throw new IllegalArgumentException("loops: " + loops);
        }
        if (portFirst < 1 || portLast > 65_535 || portFirst > portLast) {
            throw new IllegalArgumentException("ports: " + portFirst + "-" + portLast);
        }
    }

    /** All cores but one. */
    public static int defaultLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }
}
