package io.segue.net;

/** What the sender of a message is to us. */
public enum Standing {
    /** A carrier, by its address. */
    TRUNK,
    /** An address where one of our humans, or an agent that is a phone, can be reached. */
    PEER,
    /** One of our own proxies: the address below its Via decides. */
    PROXY,
    /** Anybody else: gets no answer, but to REGISTER. */
    STRANGER
}
