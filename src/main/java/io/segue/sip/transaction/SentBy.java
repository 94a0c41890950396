package io.segue.sip.transaction;

/**
 * How peers reach us: the sent-by of our Vias and the host of our Contact.
 *
 * @param host a name or an address, IPv6 in brackets
 * @param port 1 to 65535
 */
public record SentBy(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
