package io.segue.net;

import com.sun.management.OperatingSystemMXBean;
import io.segue.flow.leg.Signalling;
import io.segue.sip.message.Responses;
import io.segue.sip.message.SipRequest;
import io.segue.sip.message.SipResponse;
import io.segue.sip.transaction.Arrival;
import io.segue.sip.transaction.ClientTransactionId;
import io.segue.sip.transaction.ConnectionId;
import io.segue.sip.transaction.ServerTransactionId;
import io.segue.sip.transaction.TransactionUser;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/**
 * CPU of a plain UAS per call (INVITE, 200, ACK, BYE, 200), user and system of the whole process. Not a test: run the main with a
 * port, and {@code sipp -sn uac -r 1000 -m 60000 127.0.0.1:<port>} against it. Prints a line for each 10,000 calls.
 */
final class SipBench implements TransactionUser {
    private static final int CALLS_PER_LINE = 10_000;
    private static final byte[] SDP = ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=audio 20000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Signalling signalling;
    private int calls;
    private long cpuNanos = system.getProcessCpuTime();
    private long wallNanos = System.nanoTime();

    private SipBench(Signalling signalling) {
        this.signalling = signalling;
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        try (SipEndpoint endpoint =
                SipEndpoint.start(SipConfig.of("127.0.0.1", port), source -> Standing.TRUNK, SipBench::new)) {
            System.in.read();
            System.out.printf(
                    "repeats sent %d, failed %d%n",
                    endpoint.counters().repeatsSent(), endpoint.counters().dropped(Drop.HANDLING_FAILED));
        }
    }

    @Override
    public void onRequest(ServerTransactionId id, SipRequest request, Arrival arrival) {
        SipResponse ok = Responses.to(request, 200, "OK", "bench");
        if (request.is("INVITE")) {
            ok = ok.with("Contact", "<sip:bench@127.0.0.1>").withBody("application/sdp", SDP);
        }
        signalling.respond(id, ok);
        if (request.is("BYE") && ++calls % CALLS_PER_LINE == 0) {
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            System.out.printf(
                    "%d calls: %.4f ms of CPU per call at %.0f calls/s%n",
                    calls, (cpu - cpuNanos) / 1e6 / CALLS_PER_LINE, CALLS_PER_LINE * 1e9 / (wall - wallNanos));
            cpuNanos = cpu;
            wallNanos = wall;
        }
    }

    @Override
    public void onAck(SipRequest ack, Arrival arrival) {}

    @Override
    public void onCancel(ServerTransactionId invite, SipRequest cancel) {}

    @Override
    public void onResponse(ClientTransactionId id, SipResponse response) {}

    @Override
    public void onTimeout(ClientTransactionId id) {}

    @Override
    public void onTransportError(ClientTransactionId id) {}

    @Override
    public void onConnectionLost(ConnectionId connection) {}

    @Override
    public void onStray2xx(SipResponse response) {}
}
