package io.segue.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where media goes, RFC 8866 5.7.
 *
 * @param ipv6 IP6 or IP4
 * @param address an address without brackets, or a name
 */
public record Connection(boolean ipv6, String address) {

    public Connection {
        Lines.checkWord(address);
    }

    /** The family by the look of the address. */
    public static Connection of(String address) {
        return new Connection(address.indexOf(':') >= 0, address);
    }

    /** Whether it says that nothing is to be sent (RFC 3264 8.4, RFC 2543's hold). */
    public boolean held() {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** With a port; a name stays unresolved. */
    InetSocketAddress at(int port) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(address), port);
        } catch (IllegalArgumentException e) {
            return InetSocketAddress.createUnresolved(address, port);
        }
    }

    @Override
    public String toString() {
        return (ipv6 ? "IN IP6 " : "IN IP4 ") + address;
    }
}
