package io.segue.net;

import io.segue.sip.message.NameAddress;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.Via;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ConnectionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in. A trunk, a peer of ours and an OPTIONS of a proxy are, and what belongs to a dialog from where we have called; a
 * REGISTER is from anywhere, as often as the limits allow; all else gets no answer.
 */
public final class Admission {
    /** Knows the addresses. Asked for every message on the endpoint's thread: has to answer at once. */
    @FunctionalInterface
    public interface Rules {
        /**
         * @param source where the message came from; the port of a TCP peer is any, and it is 0 where only the address is known
         *     (behind a proxy), so that the address alone should decide
         */
        Standing of(InetSocketAddress source);

        /** Whether a human is registered down this WebSocket. Its address says nothing: it may be an HTTP proxy's, or that of a trunk. */
        default boolean isRegistered(ConnectionId webSocket) {
            return false;
        }
    }

    /** What is done with a request. */
    sealed interface Verdict {
        /** @param arrival with the address by which the sender was judged */
        record Admitted(Arrival arrival) implements Verdict {}

        record Refused(Drop why) implements Verdict {}
    }

    private static final byte[] REGISTER = {'R', 'E', 'G', 'I', 'S', 'T', 'E', 'R', ' '};
    private static final byte[] RESPONSE = {'S', 'I', 'P', '/', '2', '.', '0', ' '};

    private final Rules rules;
    private final RegisterLimiter registers;
    private final RecentPeers called;

    Admission(Rules rules, Limits limits) {
        this.rules = rules;
        this.registers = new RegisterLimiter(limits);
        this.called = new RecentPeers(limits.calledPeersMax());
    }

    Standing standing(InetSocketAddress source) {
        return rules.of(source);
    }

    /** Down a WebSocket nobody is a trunk or a proxy, whatever the address: who has registered there is a peer. */
    private Standing standing(Arrival arrival) {
        if (!arrival.transport().isWebSocket()) {
            return standing(arrival.remote());
        }
        ConnectionId socket = arrival.connection();
        return socket != null && rules.isRegistered(socket) ? Standing.PEER : Standing.STRANGER;
    }

    /** Whether the sender is more to us than a stranger, be it only that we have called the address. */
    boolean knows(Arrival arrival) {
        return arrival.transport().isWebSocket() ? standing(arrival) != Standing.STRANGER : knows(arrival.remote());
    }

    /** Whether this address is more to us than a stranger's, be it only that we have called it. */
    boolean knows(InetSocketAddress source) {
        return standing(source) != Standing.STRANGER || called.contains(source.getAddress());
    }

    /** Whether bytes are worth reading: of a stranger a REGISTER, or a response, which may be to a request of ours. */
    boolean worthReading(Arrival arrival, byte[] buffer, int offset, int length) {
        return knows(arrival)
                || startsWith(REGISTER, buffer, offset, length)
                || startsWith(RESPONSE, buffer, offset, length);
    }

    private static boolean startsWith(byte[] prefix, byte[] buffer, int offset, int length) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer[offset + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** We send a request there: what belongs to a dialog may come from there, too. */
    void weCall(InetSocketAddress address) {
        if (!address.isUnresolved()) {
            called.add(address.getAddress());
        }
    }

    /** @param vias of the request, the sender's first; as many as could be read */
    Verdict judge(SipRequest request, List<Via> vias, Arrival arrival, long now) {
        Standing standing = standing(arrival);
        Arrival judged = arrival;
        Drop why = Drop.STRANGER;
        if (standing == Standing.PROXY) {
            if (request.is("OPTIONS") && vias.size() < 2) {
                return new Verdict.Admitted(arrival);
            }
            InetAddress below = belowProxies(vias);
            if (below == null) {
                return new Verdict.Refused(Drop.STRANGER_BEHIND_PROXY);
            }
            judged = arrival.from(below);
            standing = standing(new InetSocketAddress(below, 0));
            why = Drop.STRANGER_BEHIND_PROXY;
        }
        return switch (standing) {
            case TRUNK, PEER -> new Verdict.Admitted(judged);
            case PROXY, STRANGER -> {
                if (inDialog(request) && weCalled(judged)) {
                    yield new Verdict.Admitted(judged);
                }
                if (!request.is("REGISTER")) {
                    yield new Verdict.Refused(why);
                }
                yield registers.admit(judged.origin(), now)
                        ? new Verdict.Admitted(judged)
                        : new Verdict.Refused(Drop.REGISTER_RATE);
            }
        };
    }

    /** The address of the first hop below the top one that is no proxy of ours; none where a name stands. */
    private @Nullable InetAddress belowProxies(List<Via> vias) {
        for (Via via : vias.subList(Math.min(1, vias.size()), vias.size())) {
            InetAddress address = addressOf(via);
            if (address == null || standing(new InetSocketAddress(address, 0)) != Standing.PROXY) {
                return address;
            }
        }
        return null;
    }

    private boolean weCalled(Arrival judged) {
        return called.contains(judged.origin())
                || called.contains(judged.remote().getAddress());
    }

    private static boolean inDialog(SipRequest request) {
        String to = request.header("To");
        return to != null && NameAddress.parse(to).map(NameAddress::tag).isPresent();
    }

    private static @Nullable InetAddress addressOf(Via via) {
        String received = via.received();
        try {
            return InetAddress.ofLiteral(received == null ? via.address() : received);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
