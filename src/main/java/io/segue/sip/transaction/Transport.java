package io.segue.sip.transaction;

/** What carries SIP messages. */
public enum Transport {
    /** Each message in one datagram; the transaction layer repeats what is not answered. */
    UDP,
    /** Messages framed by Content-Length; nothing is repeated but 2xx and ACK, end to end. */
    TCP;

    public boolean isReliable() {
        return this != UDP;
    }
}
