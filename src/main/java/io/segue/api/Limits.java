package io.segue.api;

/**
 * Limits of the REST interface.
 *
 * @param bodyBytesMax a request's body; past it 413
 * @param jsonDepthMax objects and lists within each other
 * @param listMax calls in one answer
 * @param textCharsMax a turn's text, a note
 * @param subscribersMax open event streams of this gateway; past it 503
 * @param subscriberEventsMax events that wait for a slow reader; past it its stream ends, and it comes back with its last id. More than the log keeps, since
 *     a reader that comes back is sent all of that at once
 * @param heartbeatMs how often an idle event stream is written to
 * @param storeTimeoutMs how long the store or a call may take to answer; past it 503
 * @param yamlBytesMax a registry file; past it 413
 * @param yamlAliasesMax references to lists and objects in a registry file
 */
public record Limits(
        int bodyBytesMax,
        int jsonDepthMax,
        int listMax,
        int textCharsMax,
        int subscribersMax,
        int subscriberEventsMax,
        int heartbeatMs,
        int storeTimeoutMs,
        int yamlBytesMax,
        int yamlAliasesMax) {
    public static Limits defaults() {
        return new Limits(262_144, 32, 1_000, 16_384, 100, 4_000, 15_000, 3_000, 4 << 20, 64);
    }
}
