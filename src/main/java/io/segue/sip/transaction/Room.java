package io.segue.sip.transaction;

/** How many more transactions there may be. */
final class Room {
    private final int most;
    private int taken;

    Room(int most) {
        this.most = most;
    }

    boolean take() {
        if (taken >= most) {
            return false;
        }
        taken++;
        return true;
    }

    /** For what belongs to a transaction that has its place already: a CANCEL, on either side. */
    void takeOneMore() {
        taken++;
    }

    void give() {
        taken--;
    }
}
