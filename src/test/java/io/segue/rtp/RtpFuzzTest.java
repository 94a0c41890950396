package io.segue.rtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Any octets are either refused or within their bounds. With JAZZER_FUZZ=1 in the environment each of these explores; else it takes its seeds. */
class RtpFuzzTest {
    private static final int EXECUTIONS = 200_000;

    @FuzzTest(maxExecutions = EXECUTIONS)
    void rtpIsRefusedOrWithinItsBounds(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(buffer, 0, octets.length)) {
            return;
        }
        assertTrue(packet.payloadOffset() >= 12 && packet.payloadLength() >= 0);
        assertTrue(packet.payloadOffset() + packet.payloadLength() <= octets.length);
        new DigitReceiver().isNew(packet.ssrc(), packet.timestamp());
        if (packet.payloadLength() >= TelephoneEvent.PAYLOAD_BYTES) {
            int event = TelephoneEvent.event(buffer, packet.payloadOffset());
            assertTrue(!TelephoneEvent.isDigit(event) || TelephoneEvent.digit(event) > 0);
        }
        Repacketiser cutter = new Repacketiser();
        cutter.start(160, Law.ULAW, packet.timestamp() - 100);
        cutter.add(
                buffer,
                packet.payloadOffset(),
                packet.payloadLength(),
                packet.timestamp(),
                true,
                0,
                (out, length, at, missing, now) -> assertTrue(length == 160 && missing >= 0));
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void rtcpIsRefusedOrRead(byte[] octets) {
        RtcpReader.read(ByteBuffer.wrap(octets), 0, octets.length)
                .ifPresent(packets -> assertTrue(!packets.isEmpty() && packets.size() <= octets.length / 4));
    }

    /** Each four octets are a packet: how far sequence and timestamp step, and whether the stream changes. */
    @FuzzTest(maxExecutions = EXECUTIONS)
    void theTimelineNeverGoesBackAtAChange(byte[] octets) {
        Timeline timeline = new Timeline(1, 65_000, Integer.MAX_VALUE - 500);
        RelayedInput input = new RelayedInput();
        FrameStream frames = new FrameStream(frame -> {}, 0);
        ByteBuffer silence = ByteBuffer.allocate(480);
        int sequence = 0;
        int timestamp = 0;
        int ssrc = 1;
        long now = 0;
        timeline.next(now, 160);
        for (int i = 0; i + 4 <= octets.length; i += 4) {
            sequence = (sequence + octets[i]) & 0xFFFF;
            timestamp += octets[i + 1] * 40;
            now += (octets[i + 2] & 0xFF) * 1_000_000L;
            int before = timeline.sequence();
            boolean change = (octets[i + 3] & 0x60) != 0;
            if (change) {
                ssrc++;
            }
            if (input.take(ssrc, sequence)) {
                int highest = timeline.lastSequence();
                input.stamp(timeline, sequence, timestamp, false, now, 160);
                if (change) {
                    assertTrue(timeline.sequence() == ((highest + 1) & 0xFFFF), before + " " + timeline.sequence());
                    assertTrue(timeline.marker());
                }
            }
            frames.audio(Law.ALAW, silence, 0, (octets[i + 3] & 0x1F) * 15, ssrc, timestamp, now);
            assertTrue(frames.idle(now) > now);
        }
    }
}
