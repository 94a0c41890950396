package io.segue.app;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.Optional;

/** Which address peers are told. */
final class Addresses {
    private Addresses() {}

    /** The one that is set, else the one bound to, else this machine's first: IPv4 before IPv6, loopback last. */
    static InetAddress advertised(Optional<String> set, InetAddress bound) {
        if (set.isPresent()) {
            return of("SEGUE_ADVERTISED_ADDRESS (segue.advertised-address)", set.get());
        }
        return bound.isAnyLocalAddress() ? first().orElse(InetAddress.getLoopbackAddress()) : bound;
    }

    static InetAddress of(String setting, String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(setting + " is \"" + text + "\", which is no address and has none", e);
        }
    }

    private static Optional<InetAddress> first() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
                    .min(Comparator.comparing(InetAddress::isLoopbackAddress)
                            .thenComparing(address -> !(address instanceof Inet4Address)));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }
}
