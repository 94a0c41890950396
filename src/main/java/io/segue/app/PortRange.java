package io.segue.app;

/**
 * UDP ports, {@code 20000-29999}.
 *
 * @param first even: RTP has the even ones, RTCP the next
 * @param last odd
 */
public record PortRange(int first, int last) {
    /** Narrows the range to whole pairs; a range without a pair is an error that names the setting. */
    public static PortRange of(String setting, String text) {
        int dash = text.indexOf('-');
        int first = port(dash < 0 ? "" : text.substring(0, dash).strip());
        int last = port(dash < 0 ? "" : text.substring(dash + 1).strip());
        PortRange range = new PortRange(first + first % 2, last - (last + 1) % 2);
        if (first < 0 || last < 0 || range.pairs() < 1) {
            throw new IllegalArgumentException(
                    setting + " has to be a range of ports with room for RTP and RTCP, such as 20000-29999, not \""
                            + text + "\"");
        }
        return range;
    }

    public int pairs() {
        return (last - first + 1) / 2;
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port >= 1 && port <= 65_535 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
