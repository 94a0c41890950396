package io.segue.media;

import io.segue.rtp.ReceptionStatistics;
import io.segue.rtp.Rtcp;
import io.segue.rtp.RtcpReader;
import io.segue.rtp.RtcpWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A leg's RTCP (RFC 3550, 6): its own reports to the peer, and what the peer's say; nothing is relayed. On the leg's loop alone. */
final class Reports {
    /** Seconds from 1900 to 1970. */
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int NANOS_PER_SAMPLE = 125_000;

    private final Leg leg;
    private final Loop loop;
    private final LegTransport transport;
    private final LegTimer timer;
    private final long meanNanos;
    private final DoubleSupplier random;
    private final String cname;
    private final long wallOffsetNanos;

    private long reportedPackets;
    private int lastSr;
    private long lastSrAtNanos;
    private double roundTripMs = -1;
    private long received;
    private long malformed;

    /** @param random 0 to 1, so that reports do not come in step (6.3.1) */
    Reports(Leg leg, LegTransport transport, int meanMs, String cname, DoubleSupplier random) {
        this.leg = leg;
        this.loop = leg.loop();
        this.transport = transport;
        this.meanNanos = meanMs * 1_000_000L;
        this.cname = cname;
        this.random = random;
        this.timer = new LegTimer(leg, this::report);
        this.wallOffsetNanos = System.currentTimeMillis() * 1_000_000L - System.nanoTime();
    }

    /** Begins, once there is a peer. */
    void negotiated(long now) {
        if (!timer.isScheduled()) {
            schedule(now);
        }
    }

    private void schedule(long now) {
        loop.wheel.schedule(timer, now + (long) (meanNanos * (0.5 + random.getAsDouble())));
    }

    private void report(long now) {
        send(now, false);
        schedule(now);
    }

    private void send(long now, boolean bye) {
        if (!transport.canReport()) {
            return;
        }
        Egress egress = leg.egress();
        int ssrc = egress.timeline().ssrc();
        ByteBuffer out = loop.out.clear();
        if (egress.packets() > reportedPackets) {
            reportedPackets = egress.packets();
            RtcpWriter.senderReport(
                    out,
                    ssrc,
                    ntp(now),
                    egress.timeline().timestampAt(now),
                    egress.packets(),
                    egress.octets(),
                    block(now));
        } else {
            RtcpWriter.receiverReport(out, ssrc, block(now));
        }
        RtcpWriter.cname(out, ssrc, cname);
        if (bye) {
            RtcpWriter.bye(out, ssrc);
        }
        transport.sendReport(out.flip());
        out.clear();
    }

    private Rtcp.@Nullable ReportBlock block(long now) {
        ReceptionStatistics source = leg.ingress().statistics();
        if (!source.started()) {
            return null;
        }
        int delay = lastSr == 0 ? 0 : (int) ((now - lastSrAtNanos) * 65_536 / SECOND_NANOS);
        return new Rtcp.ReportBlock(
                source.ssrc(),
                source.takeFractionLost(),
                source.cumulativeLost(),
                source.extendedHighest(),
                source.jitter(),
                lastSr,
                delay);
    }

    private long ntp(long now) {
        long wall = now + wallOffsetNanos;
        long fraction = ((wall % SECOND_NANOS) << 32) / SECOND_NANOS;
        return ((wall / SECOND_NANOS + NTP_EPOCH_SECONDS) << 32) | fraction;
    }

    /** Takes a compound that lies in the loop's slab, from its start. */
    void take(int length, long now) {
        List<Rtcp> packets = RtcpReader.read(loop.slab, 0, length).orElse(List.of());
        if (packets.isEmpty()) {
            malformed++;
            return;
        }
        received++;
        for (Rtcp one : packets) {
            switch (one) {
                case Rtcp.SenderReport report -> {
                    lastSr = (int) (report.ntp() >> 16);
                    lastSrAtNanos = now;
                    blocks(report.blocks(), now);
                }
                case Rtcp.ReceiverReport report -> blocks(report.blocks(), now);
                case Rtcp.Bye bye -> {}
                case Rtcp.Other other -> {}
            }
        }
    }

    private void blocks(List<Rtcp.ReportBlock> blocks, long now) {
        int ssrc = leg.egress().timeline().ssrc();
        for (Rtcp.ReportBlock block : blocks) {
            if (block.ssrc() == ssrc) {
                double trip = block.roundTripMs((int) (ntp(now) >> 16));
                roundTripMs = trip < 0 ? roundTripMs : trip;
            }
        }
    }

    /** Says goodbye. */
    void close(long now) {
        send(now, true);
        loop.wheel.cancel(timer);
    }

    /** Milliseconds, negative while unknown. */
    double roundTripMs() {
        return roundTripMs;
    }

    double jitterMs() {
        return leg.ingress().statistics().jitter() * (NANOS_PER_SAMPLE / 1e6);
    }

    long received() {
        return received;
    }

    long refused() {
        return malformed;
    }
}
