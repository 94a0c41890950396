package io.segue.sip.transaction;

/** What the two server machines have. */
sealed interface ServerTransaction permits InviteServer, OtherServer {
    ServerRequest request();

    /** The peer sent its request again. */
    void repeated();

    /** The user's answer; false when it comes too late to be sent. */
    boolean respond(Outgoing response, long now);
}
