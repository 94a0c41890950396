package io.segue.store;

/**
 * Bounds of what is kept, sent and waited for.
 *
 * @param documentBytesMax a configured document as JSON
 * @param unfiledMax changes of documents that wait to be filed; one more is refused
 * @param boardBytesMax of this gateway's requests that wait for people, as JSON; past it less of each is shown
 */
public record Limits(
        Connection connection,
        Desk desk,
        Calls calls,
        Events events,
        int documentBytesMax,
        int unfiledMax,
        int boardBytesMax) {
    /**
     * The connection to Redis.
     *
     * @param connectTimeoutMs how long a connection may take to come up
     * @param commandTimeoutMs an answer later than this means that Redis is away
     * @param backoffFirstMs before the first try to connect again
     * @param backoffMaxMs between later tries
     * @param inFlightMax commands sent and not answered; others wait
     * @param queuedMax commands waiting to be sent; one more is refused as if Redis were away
     */
    public record Connection(
            long connectTimeoutMs,
            long commandTimeoutMs,
            long backoffFirstMs,
            long backoffMaxMs,
            int inFlightMax,
            int queuedMax) {}

    /**
     * The humans.
     *
     * @param beatMs how often a gateway shows that it is there, and expired leases are looked for
     * @param graceMs when no gateway has shown itself for so long, leases get their full time again before they expire
     * @param settleMs after a reconnect a gateway reserves only the humans assigned to it for so long, so that the others can write theirs back
     * @param staffMax humans of one queue that a reservation looks at
     */
    public record Desk(long beatMs, long graceMs, long settleMs, int staffMax) {}

    /**
     * The records of calls.
     *
     * @param keptMax live calls of this gateway that are kept to be written again
     * @param writesMax records on their way at a time
     * @param recordBytesMax a record as JSON; a larger one is not written
     * @param sipCallIdBytesMax longer Call-IDs are not indexed
     * @param liveTtlMs how long the record of a live call outlives its gateway's last word
     * @param retentionMs how long the record of an ended call is kept
     * @param endedKeepMs how long an ended call's record is kept here, to be written again should Redis have lost it
     */
    public record Calls(
            int keptMax,
            int writesMax,
            int recordBytesMax,
            int sipCallIdBytesMax,
            long liveTtlMs,
            long retentionMs,
            long endedKeepMs) {}

    /**
     * The events.
     *
     * @param streamMax entries of the stream, about
     * @param waitingMax events waiting for Redis; the oldest are dropped
     * @param subscriberMax events waiting for one subscriber; one more, and it starts anew with a reset
     * @param subscribersMax subscribers at a time
     */
    public record Events(int streamMax, int waitingMax, int subscriberMax, int subscribersMax) {}

    public static Limits defaults() {
        return new Limits(
                new Connection(2_000, 2_000, 50, 1_000, 1_024, 20_000),
                new Desk(1_000, 3_000, 3_000, 5_000),
                new Calls(20_000, 64, 4 << 20, 256, 3_600_000, 86_400_000, 10_000),
                new Events(10_000, 10_000, 1_000, 200),
                256 << 10,
                20_000,
                32 << 20);
    }

    /** The same with other times of the desk: beat, grace and settle, in milliseconds. */
    public Limits withDeskTimes(long beat, long grace, long settle) {
        return new Limits(
                connection,
                new Desk(beat, grace, settle, desk.staffMax()),
                calls,
                events,
                documentBytesMax,
                unfiledMax,
                boardBytesMax);
    }

    /** The same with other times of a call's record: live, after its end, and here after its end, in milliseconds. */
    public Limits withCallTimes(long liveTtl, long retention, long endedKeep) {
        return with(new Calls(
                calls.keptMax(),
                calls.writesMax(),
                calls.recordBytesMax(),
                calls.sipCallIdBytesMax(),
                liveTtl,
                retention,
                endedKeep));
    }

    /** The same with another number of calls, and size of a record in bytes. */
    public Limits withCalls(int kept, int recordBytes) {
        return with(new Calls(
                kept,
                calls.writesMax(),
                recordBytes,
                calls.sipCallIdBytesMax(),
                calls.liveTtlMs(),
                calls.retentionMs(),
                calls.endedKeepMs()));
    }

    private Limits with(Calls other) {
        return new Limits(connection, desk, other, events, documentBytesMax, unfiledMax, boardBytesMax);
    }

    /** The same with other numbers of events: in the stream, waiting for Redis, waiting for a subscriber. */
    public Limits withEvents(int stream, int waiting, int subscriber) {
        return new Limits(
                connection,
                desk,
                calls,
                new Events(stream, waiting, subscriber, events.subscribersMax()),
                documentBytesMax,
                unfiledMax,
                boardBytesMax);
    }

    /** The same with another number of changes that wait to be filed. */
    public Limits withUnfiled(int unfiled) {
        return new Limits(connection, desk, calls, events, documentBytesMax, unfiled, boardBytesMax);
    }

    /** The same with another room for requests that wait for people. */
    public Limits withBoard(int chars) {
        return new Limits(connection, desk, calls, events, documentBytesMax, unfiledMax, chars);
    }
}
