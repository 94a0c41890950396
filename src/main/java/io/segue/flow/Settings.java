package io.segue.flow;

import io.segue.flow.phone.PhoneSettings;
import java.util.List;

/**
 * What the flow of calls is set to.
 *
 * @param node this gateway's name, the owner of its calls
 * @param callsMax calls carried at once; one more is refused with 503
 * @param mailboxMax steps that may wait for one call; more are dropped and counted
 * @param callMsMax a call is ended after so long
 * @param reservationLeaseMs a reservation that nobody renews expires after so long
 * @param extensionHeaders names of the X- headers that are let through, a {@code *} at the end matches any rest
 * @param phones what phones are set to
 * @param announcement the sound for a caller that nobody can take
 */
public record Settings(
        String node,
        int callsMax,
        int mailboxMax,
        long callMsMax,
        long reservationLeaseMs,
        List<String> extensionHeaders,
        PhoneSettings phones,
        String announcement) {

    public static Settings defaults(String node) {
        return new Settings(
                node, 2_000, 1_000, 8 * 3_600_000L, 10_000, List.of("X-*"), PhoneSettings.defaults(), "announcement");
    }
}
