package io.segue.sip.message;

/** What a datagram, or a frame of a stream, turned out to be. */
public sealed interface Parsed {

    /** A message that is whole and well-formed; its typed views are valid. */
    record Message(SipMessage message) implements Parsed {}

    /**
     * A request that is wrong and deserves an answer (RFC 3261 8.2, 21.4). Its headers are there as far as they were understood,
     * {@code topVia()} is valid (repaired where needed), every other view may not be: answer it with {@link Responses#to}, statelessly.
     *
     * @param status 400, 414, 505, …
     * @param reason what is wrong, in a few words fit for the reason phrase
     */
    record Answerable(int status, String reason, SipRequest asFarAsUnderstood) implements Parsed {}

    /** Neither understood nor answerable: no SIP at all, a malformed response, a malformed ACK, no Via to answer to. */
    record Discarded(String why) implements Parsed {}

    /** Nothing but line ends (RFC 3261 7.5, RFC 5626 3.5.1), or NULs as some phones send. */
    record KeepAlive() implements Parsed {}
}
