package io.segue.sdp;

/** What came of an offer or of an answer. */
public sealed interface Negotiated {

    /**
     * An offer that we take.
     *
     * @param answer what to send back
     * @param agreement what holds from now on
     */
    record Answered(SessionDescription answer, Agreement agreement) implements Negotiated {}

    /** An answer to our offer that we can work with. */
    record Accepted(Agreement agreement) implements Negotiated {}

    /**
     * Nothing matches: an offer is answered with 488 (RFC 3261 13.3.1.3), after an answer the call is ended.
     *
     * @param why in a few words, fit for a log and a Warning
     */
    record Refused(String why) implements Negotiated {

        /** The status that says so. */
        public static final int STATUS = 488;
    }
}
