package io.segue.sip.message;

/**
 * How large a message and its parts may be. Past one of them a request is answered with 400, 414 or 513, a response is dropped.
 *
 * @param messageOctetsMax start line, headers and body together
 * @param headersMax header fields in one message
 * @param headerCharsMax one header field with its folded lines
 * @param uriCharsMax one URI
 * @param viasMax hops in one message
 * @param listMax values of Contact, Route or Record-Route in one message
 */
public record Limits(
        int messageOctetsMax, int headersMax, int headerCharsMax, int uriCharsMax, int viasMax, int listMax) {

    public static Limits defaults() {
        return new Limits(65_535, 200, 8_192, 2_048, 70, 50);
    }
}
