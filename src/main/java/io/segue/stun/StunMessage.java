package io.segue.stun;

/** What a datagram that begins like STUN turned out to be (RFC 8489 5, 6.3). */
public sealed interface StunMessage {
    /** The longest message that is read, in octets: what fits an IPv6 packet of the least size that every network carries. */
    int OCTETS_MAX = 1232;

    /** The most attributes of a message that is read. */
    int ATTRIBUTES_MAX = 32;

    /** A Binding request. */
    record Request(BindingRequest request) implements StunMessage {}

    /** An indication or a response: an ICE-lite agent asks for nothing, and does nothing about it. */
    record NothingToAnswer() implements StunMessage {}

    /**
     * No STUN, or one past a limit; nothing is answered.
     *
     * @param why in a few words
     */
    record Malformed(String why) implements StunMessage {}

    /** Reads a datagram. The octets are copied. */
    static StunMessage read(byte[] datagram, int offset, int length) {
        return StunReader.read(datagram, offset, length);
    }
}
