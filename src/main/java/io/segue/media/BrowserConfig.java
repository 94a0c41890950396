package io.segue.media;

/**
 * Where browsers reach the media plane.
 *
 * @param port the one UDP port for all of them, 0 for any free one
 */
public record BrowserConfig(int port, BrowserLimits limits) {
    public BrowserConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port);
        }
    }
}
