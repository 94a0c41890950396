package io.segue.sip.transaction;

/** What a machine can make happen. */
interface Effects {
    void send(Outgoing outgoing);

    void ended(Transaction transaction);
}
