package io.segue.flow.media;

/**
 * What the agent wants the caller to hear: mu-law of any length, in order, with marks between. Played at 20 ms a packet.
 * Called on the call's thread.
 */
public interface Playout {
    /**
     * Queues audio. What goes beyond the backlog (60 s) drops the oldest and is counted.
     *
     * @param ulaw mu-law, 8 kHz, mono; copied before the method returns
     */
    void play(byte[] ulaw, int offset, int length);

    /** Asks for {@link LegEvent.MarkPlayed} once everything queued before it has been played. Never dropped. */
    void mark(String name);

    /** Empties the queue; its marks are echoed at once, in order. */
    void clear();

    /**
     * Asks for one {@link LegEvent.UtteranceEnded}: when the queue has been empty for 200 ms, or when it is empty and its
     * last mark has been played. At once where that is so already.
     */
    void awaitUtteranceEnd();
}
