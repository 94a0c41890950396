package io.segue.flow;

import io.segue.trunk.PeerPing;
import java.util.List;

/**
 * What the flow of calls is set to.
 *
 * @param node this gateway's name, the owner of its calls
 * @param callsMax calls carried at once; one more is refused with 503
 * @param mailboxMax steps that may wait for one call; more are dropped and counted
 * @param callMsMax a call is ended after so long
 * @param reservationLeaseMs a reservation that nobody renews expires after so long
 * @param standbyRtpMs a standby leg that sends nothing for so long after its answer is lost
 * @param standbyCheckMs how often a standby leg is looked at
 * @param extensionHeaders names of the X- headers that are let through, a {@code *} at the end matches any rest
 * @param md5UserAgents what the User-Agent of a phone begins with that gives up at a challenge it does not know: it is asked for MD5 alone
 * @param peerPing when the peers that we call are asked whether they are there
 * @param announcement the sound for a caller that nobody can take
 */
public record Settings(
        String node,
        int callsMax,
        int mailboxMax,
        long callMsMax,
        long reservationLeaseMs,
        long standbyRtpMs,
        long standbyCheckMs,
        List<String> extensionHeaders,
        List<String> md5UserAgents,
        PeerPing.Rules peerPing,
        String announcement) {

    public static Settings defaults(String node) {
        return new Settings(
                node,
                2_000,
                1_000,
                8 * 3_600_000L,
                10_000,
                15_000,
                60_000,
                List.of("X-*"),
                List.of(),
                PeerPing.Rules.defaults(),
                "announcement");
    }
}
