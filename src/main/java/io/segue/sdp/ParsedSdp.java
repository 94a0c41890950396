package io.segue.sdp;

/** What a body turned out to be. */
public sealed interface ParsedSdp {

    /** A description. */
    record Understood(SessionDescription description) implements ParsedSdp {}

    /**
     * Not one, or one past a limit.
     *
     * @param why in a few words
     */
    record Rejected(String why) implements ParsedSdp {}
}
