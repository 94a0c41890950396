package io.segue.trunk;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** An address or a network in CIDR notation, IPv4 or IPv6: {@code 203.0.113.0/24}, {@code 2001:db8::/32}, {@code 192.0.2.7}. */
public final class Network {
    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Reads a literal address, with or without a prefix length; a host name is an error, since nothing is looked up. */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] address;
        try {
            address = InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no address or network such as 203.0.113.0/24", e);
        }
        int bits = address.length * 8;
        if (slash >= 0) {
            try {
                bits = Integer.parseInt(text.substring(slash + 1));
            } catch (NumberFormatException e) {
                bits = -1;
            }
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException(
                        "the prefix length of \"" + text + "\" has to be 0 to " + address.length * 8);
            }
        }
        return new Network(address, bits);
    }

    /** Whether the address lies in this network. An IPv4 address never lies in an IPv6 network, nor the other way round. */
    public boolean contains(InetAddress other) {
        byte[] candidate = other.getAddress();
        if (candidate.length != address.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, candidate, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        int mask = 0xFF << (8 - rest);
        return rest == 0 || ((address[whole] ^ candidate[whole]) & mask & 0xFF) == 0;
    }

    /** The length of the prefix: the longer, the smaller the network. */
    public int bits() {
        return bits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network && bits == network.bits && Arrays.equals(address, network.address);
    }

    @Override
    public int hashCode() {
        return Objects.hash(HexFormat.of().formatHex(address), bits);
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
