package io.segue.flow.phone;

import io.segue.trunk.PeerPing;
import java.util.List;

/**
 * What phones are set to.
 *
 * @param standbyRtpMs a standby leg that sends nothing for so long after its answer is lost
 * @param standbyCheckMs how often a standby leg is looked at
 * @param md5UserAgents what the User-Agent of a phone begins with that gives up at a challenge it does not know: it is asked for MD5 alone
 * @param peerPing when the peers that we call are asked whether they are there
 */
public record PhoneSettings(
        long standbyRtpMs, long standbyCheckMs, List<String> md5UserAgents, PeerPing.Rules peerPing) {
    public static PhoneSettings defaults() {
        return new PhoneSettings(15_000, 60_000, List.of(), PeerPing.Rules.defaults());
    }
}
