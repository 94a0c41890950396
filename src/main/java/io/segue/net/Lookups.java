package io.segue.net;

import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the address of a host by its name, off the loop. For the loop's thread only. */
final class Lookups {
    private final Loop loop;
    private final Consumer<ClientTransactionId> failed;
    private final Set<ClientTransactionId> waiting = new HashSet<>();

    Lookups(Loop loop, Consumer<ClientTransactionId> failed) {
        this.loop = loop;
        this.failed = failed;
    }

    /** Goes on with an address: at once where there is one, later where a name has to be looked up, never when it has none. */
    void resolve(@Nullable ClientTransactionId owner, Destination to, Consumer<Destination> then) {
        if (!to.address().isUnresolved()) {
            then.accept(to);
            return;
        }
        if (owner != null) {
            waiting.add(owner);
        }
        Thread.ofVirtual().name("segue-sip-lookup").start(() -> {
            InetAddress found = lookUp(to.address().getHostString());
            loop.execute(() -> found(owner, to, found, then));
        });
    }

    private void found(
            @Nullable ClientTransactionId owner,
            Destination to,
            @Nullable InetAddress address,
            Consumer<Destination> then) {
        if (owner != null && !waiting.remove(owner)) {
            return;
        }
        if (address != null) {
            InetSocketAddress resolved =
                    new InetSocketAddress(address, to.address().getPort());
            then.accept(new Destination(to.transport(), resolved, to.connection(), to.exact()));
        } else if (owner != null) {
            failed.accept(owner);
        }
    }

    private static @Nullable InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether the request was still waiting for its address: then it is never sent, and fails. */
    boolean giveUp(ClientTransactionId owner) {
        boolean waited = waiting.remove(owner);
        if (waited) {
            failed.accept(owner);
        }
        return waited;
    }
}
