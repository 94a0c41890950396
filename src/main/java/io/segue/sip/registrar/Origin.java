package io.segue.sip.registrar;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way a REGISTER came: its flow (RFC 5626 3.3).
 *
 * @param transport {@code UDP} or {@code TCP}
 * @param address where it was sent from, as seen here: behind a NAT not the Contact's
 * @param connection the connection it came down; null over UDP
 */
public record Origin(
        String transport,
        InetSocketAddress address,
        @Nullable String connection) {}
