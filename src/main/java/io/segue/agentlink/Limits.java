package io.segue.agentlink;

/**
 * How long an agent is waited for, and how much is taken from it.
 *
 * @param connectMs from the first attempt to the end of the handshake
 * @param firstAudioMs from the end of the handshake to the first audio
 * @param pingMs between pings; nothing heard from one to the next means silent
 * @param closeMs for the agent's own close frame and the end of its connection, after ours
 * @param frameBytesMax bytes of one message; past it the socket is closed with 1009
 * @param waitingFramesMax frames of 20 ms that may wait for an agent that does not read; past it the socket is closed
 * @param malformedFramesMax frames that cannot be used; past it the socket is closed with 1008
 * @param socketsMax sockets to one address
 * @param sendBufferBytes the kernel's send buffer of a socket: what waits there is not counted as waiting
 */
public record Limits(
        long connectMs,
        long firstAudioMs,
        long pingMs,
        long closeMs,
        int frameBytesMax,
        int waitingFramesMax,
        int malformedFramesMax,
        int socketsMax,
        int sendBufferBytes) {
    public static Limits defaults() {
        return new Limits(2_000, 5_000, 20_000, 2_000, 768 * 1024, 250, 100, 10_000, 32 * 1024);
    }
}
