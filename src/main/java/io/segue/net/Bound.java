package io.segue.net;

import io.segue.sip.transaction.SentBy;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.Comparator;

/** Both sockets of an endpoint, bound; and the names they have outside. */
record Bound(DatagramChannel udp, ServerSocketChannel tcp, SentBy udpName, SentBy tcpName) {
    private static final int TRIES_FOR_ONE_NUMBER = 20;

    /** @throws IOException one sentence for whoever configured it: no such address, or a port that is taken */
    static Bound to(SipConfig config) throws IOException {
        InetAddress address = address(config.host());
        boolean anyForBoth = config.udpPort() == 0 && config.tcpPort() == 0;
        for (int tries = 1; ; tries++) {
            DatagramChannel udp = udp(config, address);
            int udpPort = ((InetSocketAddress) udp.getLocalAddress()).getPort();
            try {
                ServerSocketChannel tcp = tcp(address, anyForBoth ? udpPort : config.tcpPort());
                int tcpPort = ((InetSocketAddress) tcp.getLocalAddress()).getPort();
                String name = name(config, address);
                return new Bound(udp, tcp, new SentBy(name, udpPort), new SentBy(name, tcpPort));
            } catch (IOException e) {
                udp.close();
                if (!anyForBoth || tries >= TRIES_FOR_ONE_NUMBER) {
                    throw e;
                }
            }
        }
    }

    private static DatagramChannel udp(SipConfig config, InetAddress address) throws IOException {
        try {
            return UdpPort.bind(
                    new InetSocketAddress(address, config.udpPort()),
                    config.limits().datagramBufferBytes());
        } catch (IOException e) {
            throw taken("UDP", address, config.udpPort(), e);
        }
    }

    private static ServerSocketChannel tcp(InetAddress address, int port) throws IOException {
        try {
            return TcpPort.bind(new InetSocketAddress(address, port));
        } catch (IOException e) {
            throw taken("TCP", address, port, e);
        }
    }

    private static IOException taken(String transport, InetAddress address, int port, IOException cause) {
        String where = transport + " port " + port + " of " + address.getHostAddress();
        String why = cause instanceof BindException
                ? " is taken, or the address is not this machine's: "
                : " cannot be opened: ";
        return new IOException("SIP cannot listen, " + where + why + cause.getMessage(), cause);
    }

    private static InetAddress address(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("SIP cannot listen, there is no address for the host \"" + host + "\"", e);
        }
    }

    private static String name(SipConfig config, InetAddress bound) throws IOException {
        String advertised = config.advertised();
        if (advertised != null) {
            return advertised.indexOf(':') >= 0 && !advertised.startsWith("[") ? "[" + advertised + "]" : advertised;
        }
        InetAddress address = bound.isAnyLocalAddress() ? outward() : bound;
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    }

    /** The address peers most likely reach: IPv4 before IPv6, no loopback unless there is nothing else. */
    private static InetAddress outward() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .min(Comparator.comparing(Inet6Address.class::isInstance))
                .orElse(InetAddress.getLoopbackAddress());
    }
}
