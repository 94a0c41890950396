package io.segue.rtp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses RTCP compound packets (RFC 3550, 6.1 and A.2). */
public final class RtcpReader {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int BYE = 203;
    private static final int HEADER_BYTES = 4;
    private static final int SENDER_INFO_BYTES = 20;
    private static final int BLOCK_BYTES = 24;

    private RtcpReader() {}

    /** The packets of a compound; empty where the octets are not RTCP. */
    public static Optional<List<Rtcp>> read(ByteBuffer from, int offset, int length) {
        List<Rtcp> packets = new ArrayList<>();
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (end - at < HEADER_BYTES) {
                return Optional.empty();
            }
            int first = from.get(at) & 0xFF;
            int type = from.get(at + 1) & 0xFF;
            int bytes = 4 * ((from.getShort(at + 2) & 0xFFFF) + 1);
            if (first >> 6 != 2 || bytes > end - at || packets.isEmpty() && type != SR && type != RR) {
                return Optional.empty();
            }
            Optional<Rtcp> packet = one(from, at, bytes, type, first & 0x1F);
            if (packet.isEmpty()) {
                return Optional.empty();
            }
            packets.add(packet.get());
            at += bytes;
        }
        return packets.isEmpty() ? Optional.empty() : Optional.of(packets);
    }

    private static Optional<Rtcp> one(ByteBuffer from, int at, int bytes, int type, int count) {
        int head = HEADER_BYTES + 4 + (type == SR ? SENDER_INFO_BYTES : 0);
        return switch (type) {
            case SR ->
                bytes < head + count * BLOCK_BYTES
                        ? Optional.empty()
                        : Optional.of(new Rtcp.SenderReport(
                                from.getInt(at + 4),
                                from.getLong(at + 8),
                                from.getInt(at + 16),
                                from.getInt(at + 20) & 0xFFFFFFFFL,
                                from.getInt(at + 24) & 0xFFFFFFFFL,
                                blocks(from, at + head, count)));
            case RR ->
                bytes < head + count * BLOCK_BYTES
                        ? Optional.empty()
                        : Optional.of(new Rtcp.ReceiverReport(from.getInt(at + 4), blocks(from, at + head, count)));
            case BYE ->
                count > 0 && bytes >= HEADER_BYTES + 4
                        ? Optional.of(new Rtcp.Bye(from.getInt(at + 4)))
                        : Optional.of(new Rtcp.Other(type));
            default -> Optional.of(new Rtcp.Other(type));
        };
    }

    private static List<Rtcp.ReportBlock> blocks(ByteBuffer from, int start, int count) {
        List<Rtcp.ReportBlock> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int at = start + i * BLOCK_BYTES;
            blocks.add(new Rtcp.ReportBlock(
                    from.getInt(at),
                    from.get(at + 4) & 0xFF,
                    (from.getInt(at + 4) << 8) >> 8,
                    from.getInt(at + 8),
                    from.getInt(at + 12),
                    from.getInt(at + 16),
                    from.getInt(at + 20)));
        }
        return List.copyOf(blocks);
    }
}
