package io.segue.sip.transaction;

/** Takes what the transactions send. */
@FunctionalInterface
public interface Wire {
    /**
     * Sends, or gives up quietly; where it cannot be sent and {@link Outgoing#owner} is there, {@link
     * TransactionLayer#transportFailed} is called later, never from within.
     */
    void send(Outgoing outgoing);
}
