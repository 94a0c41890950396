package io.segue.rtp.srtp;

/** Which packets of a stream have been, by their index (RFC 3711 3.3.1, 3.3.2). */
final class ReplayWindow {
    /** So many packets back it is known which ones have been; what is older counts as if it had. */
    static final int PACKETS = 64;

    private static final long NONE = -1;

    private long highest = NONE;
    private long seen;

    /** The index that a sequence number stands for: its rollover counter is the one that brings it nearest to the highest index so far (RFC 3711 3.3.1, appendix A). */
    long index(int sequence) {
        if (highest == NONE) {
            return sequence;
        }
        long rollovers = highest >>> 16;
        int last = (int) (highest & 0xFFFF);
        if (last < 0x8000) {
            if (sequence - last > 0x8000 && rollovers > 0) {
                rollovers--;
            }
        } else if (last - 0x8000 > sequence) {
            rollovers++;
        }
        return rollovers << 16 | sequence;
    }

    /** Whether it has been, or is too old to tell. */
    boolean has(long index) {
        long back = highest - index;
        return highest != NONE && back >= 0 && (back >= PACKETS || (seen >>> back & 1) != 0);
    }

    /** It has been now. */
    void add(long index) {
        if (index > highest) {
            long ahead = index - highest;
            seen = highest == NONE || ahead >= PACKETS ? 1 : seen << ahead | 1;
            highest = index;
        } else {
            seen |= 1L << highest - index;
        }
    }
}
