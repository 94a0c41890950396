package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtcpTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(500);

    @Test
    void readsBackTheReportItWrites() {
        Rtcp.ReportBlock block = new Rtcp.ReportBlock(9, 12, -5, 70_000, 33, 44, 55);
        RtcpWriter.senderReport(buffer, 7, 0x1234_5678_9ABC_DEF0L, 99, 1000, 160_000, block);
        RtcpWriter.cname(buffer, 7, "abcdef");
        RtcpWriter.bye(buffer, 7);
        assertEquals(0, buffer.position() % 4);
        List<Rtcp> read = RtcpReader.read(buffer, 0, buffer.position()).orElseThrow();
        assertEquals(
                List.of(
                        new Rtcp.SenderReport(7, 0x1234_5678_9ABC_DEF0L, 99, 1000, 160_000, List.of(block)),
                        new Rtcp.Other(202),
                        new Rtcp.Bye(7)),
                read);
    }

    /** RFC 3550, figure 2. */
    @Test
    void worksOutTheRoundTripOfTheRfcsExample() {
        Rtcp.ReportBlock block = new Rtcp.ReportBlock(1, 0, 0, 0, 0, 0xB705_2000, 0x0005_4000);
        assertEquals(6125, block.roundTripMs(0xB710_8000));
    }

    @Test
    void tellsNoRoundTripBeforeTheFirstSenderReport() {
        assertTrue(new Rtcp.ReportBlock(1, 0, 0, 0, 0, 0, 0).roundTripMs(5) < 0);
    }

    @Test
    void refusesACompoundThatDoesNotStartWithAReportOrIsCutShort() {
        RtcpWriter.bye(buffer, 7);
        assertTrue(RtcpReader.read(buffer, 0, buffer.position()).isEmpty());
        buffer.clear();
        RtcpWriter.receiverReport(buffer, 7, new Rtcp.ReportBlock(9, 0, 0, 0, 0, 0, 0));
        assertTrue(RtcpReader.read(buffer, 0, buffer.position()).isPresent());
        assertTrue(RtcpReader.read(buffer, 0, buffer.position() - 1).isEmpty());
        assertTrue(RtcpReader.read(buffer, 0, 0).isEmpty());
    }
}
