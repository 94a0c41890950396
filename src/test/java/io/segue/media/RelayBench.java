package io.segue.media;

import io.segue.flow.MediaPlane.Opening;
import io.segue.flow.Source;
import io.segue.sdp.Agreement;
import io.segue.sdp.Codec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Bridged calls for a load generator to measure: {@code RelayBench CALLS PORTFILE BASE PEER_A PEER_B [LOOPS]} opens two legs per call from port {@code BASE} on, writes
 * their ports in pairs, and relays what comes from {@code PEER_A} to {@code PEER_B} and back until its standard input ends.
 */
final class RelayBench {
    private RelayBench() {}

    public static void main(String[] args) throws IOException {
        int calls = Integer.parseInt(args[0]);
        int base = Integer.parseInt(args[2]);
        int peerA = Integer.parseInt(args[3]);
        int peerB = Integer.parseInt(args[4]);
        int loops = args.length > 5 ? Integer.parseInt(args[5]) : 1;
        InetAddress here = InetAddress.getLoopbackAddress();
        try (Media media =
                        new Media(new MediaConfig(loops, here, here, base, base + calls * 4, null, Limits.defaults()));
                TestThread thread = new TestThread()) {
            media.warmUp();
            List<String> ports = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                Leg a = open(media, thread, null, peerA);
                Leg b = open(media, thread, a, peerB);
                a.hear(new Source.Leg(b));
                b.hear(new Source.Leg(a));
                ports.add(a.local().getPort() + " " + b.local().getPort());
            }
            Files.write(Path.of(args[1]), ports);
            System.out.println("ready " + ProcessHandle.current().pid());
            while (System.in.read() >= 0) {
                // Until the end.
            }
        }
    }

    private static Leg open(Media media, TestThread thread, Leg near, int peer) {
        Opening opening = media.open(thread, event -> {}, near);
        if (!(opening instanceof Opening.Opened(Leg leg))) {
            throw new IllegalStateException("no port");
        }
        InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), peer);
        leg.negotiated(new Agreement(
                remote,
                new InetSocketAddress(remote.getAddress(), peer + 1),
                Codec.PCMU,
                0,
                0,
                null,
                null,
                20,
                true,
                true));
        return leg;
    }
}
