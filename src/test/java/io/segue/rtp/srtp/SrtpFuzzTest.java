package io.segue.rtp.srtp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Any octets are refused, or come out whole. With JAZZER_FUZZ=1 in the environment each of these explores; else it takes its seeds. */
class SrtpFuzzTest {
    private static final int EXECUTIONS = 200_000;

    private static SrtpKeys keys(SrtpProfile profile, boolean client) {
        return new SrtpKeys(profile, new byte[profile.materialBytes()], client);
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void whatComesIsRefusedOrShorter(byte[] octets) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpReceiver receiver = keys(profile, false).receiver();
            assertTrue(receiver.unprotect(octets.clone(), octets.length) < octets.length);
            assertTrue(receiver.unprotectControl(octets.clone(), octets.length) < octets.length);
        }
    }

    @FuzzTest(maxExecutions = EXECUTIONS)
    void whatGoesIsRefusedOrReadAgain(byte[] octets) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] packet = Arrays.copyOf(octets, octets.length + SrtpSender.TRAILER_BYTES_MAX);
            int length = keys(profile, true).sender().protect(packet, octets.length);
            if (length != SrtpSender.REFUSED) {
                assertTrue(keys(profile, false).receiver().unprotect(packet, length) == octets.length);
                assertTrue(Arrays.equals(octets, Arrays.copyOf(packet, octets.length)));
            }
        }
    }
}
