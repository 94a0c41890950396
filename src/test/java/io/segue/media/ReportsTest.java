package io.segue.media;

import static io.segue.media.Studio.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.media.LegCounters;
import io.segue.rtp.Rtcp;
import io.segue.rtp.RtcpReader;
import io.segue.rtp.RtcpWriter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RTCP between a leg and its peer. */
class ReportsTest {
    @Test
    void reportsToThePeerAndLearnsTheRoundTrip() throws IOException {
        try (Studio studio = new Studio(1, 4, null, Studio::quick);
                Phone caller = new Phone(7)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            caller.talk(line.leg(), 5, (byte) 0x20);
            until("a report", () -> caller.reports.size() >= 2);
            byte[] last = caller.reports.getLast();
            List<Rtcp> read =
                    RtcpReader.read(ByteBuffer.wrap(last), 0, last.length).orElseThrow();
            Rtcp.SenderReport report = assertInstanceOf(Rtcp.SenderReport.class, read.getFirst());
            assertEquals(7, report.blocks().getFirst().ssrc());
            assertEquals(caller.received.getFirst().ssrc(), report.ssrc());
            ByteBuffer answer = ByteBuffer.allocate(200);
            Rtcp.ReportBlock block = new Rtcp.ReportBlock(report.ssrc(), 0, 0, 0, 0, (int) (report.ntp() >> 16), 0);
            RtcpWriter.receiverReport(answer, 7, block);
            InetSocketAddress local = line.leg().local();
            caller.rtcp.send(new DatagramPacket(
                    answer.array(), answer.position(), new InetSocketAddress(local.getAddress(), local.getPort() + 1)));
            until("the round trip", () -> line.leg().counters().roundTripMs() >= 0);
            line.leg().close();
            int reports = caller.reports.size();
            until("goodbye", () -> {
                byte[] bye = caller.reports.getLast();
                return RtcpReader.read(ByteBuffer.wrap(bye), 0, bye.length).orElseThrow().stream()
                        .anyMatch(Rtcp.Bye.class::isInstance);
            });
            assertTrue(caller.reports.size() >= reports);
        }
    }

    @Test
    void addsUpWhatLegsReceivedAndLostOnceTheyAreClosed() {
        ReceptionTally tally = new ReceptionTally();
        tally.closed(counters(0, 5, 9));
        tally.closed(counters(100, 3, 1.5));
        tally.closed(counters(50, -2, 0.25));
        assertEquals(new MediaCounters.Reception(2, 150, 3, 1_750), tally.sum());
    }

    @Test
    void tellsWhatALegReceivedOnceItIsClosed() throws IOException {
        try (Studio studio = new Studio(1, 4, null, Studio::quick);
                Phone caller = new Phone(7)) {
            Studio.Line line = studio.open(null);
            line.leg().negotiated(caller.terms());
            caller.talk(line.leg(), 5, (byte) 0x20);
            until("packets", () -> line.leg().counters().packetsIn() == 5);
            assertEquals(0, studio.media.counters().reception().packets());
            line.leg().close();
            until("they are added up", () -> studio.media.counters().reception().packets() == 5);
        }
    }

    private static LegCounters counters(long packetsIn, long lost, double jitterMs) {
        return new LegCounters(packetsIn, 0, lost, 0, 0, 0, jitterMs, -1, 0, 0, 0);
    }
}
