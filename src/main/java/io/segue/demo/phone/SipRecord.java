package io.segue.demo.phone;

/**
 * A SIP message that reached a phone.
 *
 * @param arrivalNanos when, by nanoTime
 * @param text the whole message
 */
public record SipRecord(long arrivalNanos, String text) {
    /** Its first line. */
    public String firstLine() {
        int end = text.indexOf("\r\n");
        return end < 0 ? text : text.substring(0, end);
    }
}
