package io.segue.store;

/**
 * Bounds of what is kept, sent and waited for.
 *
 * @param connectTimeoutMs how long a connection may take to come up
 * @param commandTimeoutMs an answer later than this means that Redis is away
 * @param backoffFirstMs before the first try to connect again
 * @param backoffMaxMs between later tries
 * @param beatMs how often a gateway shows that it is there, and expired leases are looked for
 * @param graceMs when no gateway has shown itself for so long, leases get their full time again before they expire
 * @param settleMs after a reconnect a gateway reserves only the humans assigned to it for so long, so that the others can write theirs back
 * @param inFlightMax commands sent and not answered; others wait
 * @param queuedMax commands waiting to be sent; one more is refused as if Redis were away
 * @param staffMax humans of one queue that a reservation looks at
 * @param callsMax live calls of this gateway that are kept to be written again
 * @param callWritesMax records of calls on their way at a time
 * @param recordBytesMax a call's record as JSON; a larger one is not written
 * @param liveTtlMs how long the record of a live call outlives its gateway's last word
 * @param retentionMs how long the record of an ended call is kept
 * @param endedKeepMs how long an ended call's record is kept here, to be written again should Redis have lost it
 * @param sipCallIdBytesMax longer Call-IDs are not indexed
 * @param eventsMax entries of the stream of events, about
 * @param eventsWaitingMax events waiting for Redis; the oldest are dropped
 * @param subscribersMax subscribers to events at a time
 * @param subscriberEventsMax events waiting for one subscriber; one more, and it starts anew with a reset
 * @param documentBytesMax a configured document as JSON
 */
public record Limits(
        long connectTimeoutMs,
        long commandTimeoutMs,
        long backoffFirstMs,
        long backoffMaxMs,
        long beatMs,
        long graceMs,
        long settleMs,
        int inFlightMax,
        int queuedMax,
        int staffMax,
        int callsMax,
        int callWritesMax,
        int recordBytesMax,
        long liveTtlMs,
        long retentionMs,
        long endedKeepMs,
        int sipCallIdBytesMax,
        int eventsMax,
        int eventsWaitingMax,
        int subscribersMax,
        int subscriberEventsMax,
        int documentBytesMax) {

    public static Limits defaults() {
        return new Limits(
                2_000,
                2_000,
                50,
                1_000,
                1_000,
                3_000,
                3_000,
                1_024,
                20_000,
                5_000,
                20_000,
                64,
                4 << 20,
                3_600_000,
                86_400_000,
                10_000,
                256,
                10_000,
                10_000,
                200,
                1_000,
                256 << 10);
    }

    /** The same with other times of the desk: beat, grace and settle, in milliseconds. */
    public Limits withDeskTimes(long beat, long grace, long settle) {
        return new Limits(
                connectTimeoutMs,
                commandTimeoutMs,
                backoffFirstMs,
                backoffMaxMs,
                beat,
                grace,
                settle,
                inFlightMax,
                queuedMax,
                staffMax,
                callsMax,
                callWritesMax,
                recordBytesMax,
                liveTtlMs,
                retentionMs,
                endedKeepMs,
                sipCallIdBytesMax,
                eventsMax,
                eventsWaitingMax,
                subscribersMax,
                subscriberEventsMax,
                documentBytesMax);
    }

    /** The same with other times of a call's record: live, after its end, and here after its end, in milliseconds. */
    public Limits withCallTimes(long liveTtl, long retention, long endedKeep) {
        return new Limits(
                connectTimeoutMs,
                commandTimeoutMs,
                backoffFirstMs,
                backoffMaxMs,
                beatMs,
                graceMs,
                settleMs,
                inFlightMax,
                queuedMax,
                staffMax,
                callsMax,
                callWritesMax,
                recordBytesMax,
                liveTtl,
                retention,
                endedKeep,
                sipCallIdBytesMax,
                eventsMax,
                eventsWaitingMax,
                subscribersMax,
                subscriberEventsMax,
                documentBytesMax);
    }

    /** The same with other numbers of events: in the stream, waiting for Redis, waiting for a subscriber. */
    public Limits withEvents(int stream, int waiting, int subscriber) {
        return new Limits(
                connectTimeoutMs,
                commandTimeoutMs,
                backoffFirstMs,
                backoffMaxMs,
                beatMs,
                graceMs,
                settleMs,
                inFlightMax,
                queuedMax,
                staffMax,
                callsMax,
                callWritesMax,
                recordBytesMax,
                liveTtlMs,
                retentionMs,
                endedKeepMs,
                sipCallIdBytesMax,
                stream,
                waiting,
                subscribersMax,
                subscriber,
                documentBytesMax);
    }

    /** The same with another number of calls, and size of a record in bytes. */
    public Limits withCalls(int calls, int recordBytes) {
        return new Limits(
                connectTimeoutMs,
                commandTimeoutMs,
                backoffFirstMs,
                backoffMaxMs,
                beatMs,
                graceMs,
                settleMs,
                inFlightMax,
                queuedMax,
                staffMax,
                calls,
                callWritesMax,
                recordBytes,
                liveTtlMs,
                retentionMs,
                endedKeepMs,
                sipCallIdBytesMax,
                eventsMax,
                eventsWaitingMax,
                subscribersMax,
                subscriberEventsMax,
                documentBytesMax);
    }
}
