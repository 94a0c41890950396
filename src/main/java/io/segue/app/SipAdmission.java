package io.segue.app;

import io.segue.flow.Gateway;
import io.segue.net.Admission;
import io.segue.net.Standing;
import io.segue.registry.Directory;
import io.segue.sip.transaction.ConnectionId;
import io.segue.trunk.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who may speak SIP to us: trunks, our humans' phones, and proxies in front of us. */
final class SipAdmission implements Admission.Rules {
    private final Directory directory;
    private final List<Network> proxies;
    private final Supplier<@Nullable Gateway> gateway;

    SipAdmission(Directory directory, List<Network> proxies, Supplier<@Nullable Gateway> gateway) {
        this.directory = directory;
        this.proxies = proxies;
        this.gateway = gateway;
    }

    @Override
    public Standing of(InetSocketAddress source) {
        InetAddress address = source.getAddress();
        if (proxies.stream().anyMatch(proxy -> proxy.contains(address))) {
            return Standing.PROXY;
        }
        if (directory.trunkAt(address).isPresent()) {
            return Standing.TRUNK;
        }
        Gateway now = gateway.get();
        boolean known =
                directory.isContact(address) || now != null && now.phones().isRegisteredAt(address);
        return known ? Standing.PEER : Standing.STRANGER;
    }

    @Override
    public boolean isRegistered(ConnectionId webSocket) {
        Gateway now = gateway.get();
        return now != null && now.phones().isRegisteredDown(webSocket);
    }
}
