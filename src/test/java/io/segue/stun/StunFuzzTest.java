package io.segue.stun;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;

/** Any octets are refused, or answered by a message that can be read. With JAZZER_FUZZ=1 in the environment this explores; else it takes its seeds. */
class StunFuzzTest {
    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 4000);

    @FuzzTest(maxExecutions = 200_000)
    void anyOctetsAreRefusedOrAnswered(byte[] octets) {
        if (!(StunMessage.read(octets, 0, octets.length) instanceof StunMessage.Request(BindingRequest request))) {
            return;
        }
        byte[] response = IceLite.answer(request, FROM, request.localUfrag(), "VOkJxbRl1RmTxUk/WvJxBt")
                .response();
        assertTrue(StunMessage.read(response, 0, response.length) instanceof StunMessage.NothingToAnswer);
    }
}
