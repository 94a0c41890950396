package io.segue.media;

import io.segue.rtp.RtpPacket;
import io.segue.rtp.srtp.SrtpKeys;
import io.segue.rtp.srtp.SrtpProfile;
import io.segue.rtp.srtp.SrtpReceiver;
import io.segue.rtp.srtp.SrtpSender;
import java.nio.ByteBuffer;

/** A stream's packets, protected and read again, until the compiler has seen them. */
final class SrtpWarmUp {
    private static final int PACKETS = 6_000;
    private static final int SAMPLES = 160;

    private SrtpWarmUp() {}

    static void run() {
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] material = new byte[profile.materialBytes()];
            SrtpSender sender = new SrtpKeys(profile, material, true).sender();
            SrtpReceiver receiver = new SrtpKeys(profile, material, false).receiver();
            ByteBuffer packet = ByteBuffer.allocate(RtpPacket.HEADER_BYTES + SAMPLES + SrtpSender.TRAILER_BYTES_MAX);
            for (int i = 0; i < PACKETS; i++) {
                RtpPacket.writeHeader(packet, 0, 0, false, i, i * SAMPLES, 1);
                receiver.unprotect(packet.array(), sender.protect(packet.array(), RtpPacket.HEADER_BYTES + SAMPLES));
            }
        }
    }
}
