package io.segue.demo.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.BiConsumer;

/** What carries SIP messages for a bank: UDP or TCP. The bank's loop alone calls it. */
interface SipCarrier {
    /** Where messages reach it. */
    InetSocketAddress local();

    /** As it stands in a Via. */
    String transport();

    /** Begins to give what comes to {@code taker}, with its sender. */
    void listen(PhoneLoop loop, BiConsumer<String, InetSocketAddress> taker) throws IOException;

    /** Sends a message, as far as that is possible at once. */
    void send(String text, InetSocketAddress to) throws IOException;
}
