package io.segue.net;

import org.jspecify.annotations.Nullable;

/**
 * Where the SIP listeners stand.
 *
 * @param host name or address to bind to; {@code 0.0.0.0} or {@code ::} for all
 * @param udpPort 0 to 65535; 0 takes any free one
 * @param tcpPort 0 to 65535; 0 takes the UDP port's number when that was any, too
 * @param advertised name or address that peers are told, where it is not the one bound to
 * @param replyToSource whether answers over UDP go to the port a request came from, even if the peer does not ask for it by {@code
 *     rport} (RFC 3581): helps peers behind a NAT that know nothing of it
 */
public record SipConfig(
        String host,
        int udpPort,
        int tcpPort,
        @Nullable String advertised,
        boolean replyToSource,
        Limits limits,
        io.segue.sip.message.Limits messageLimits,
        io.segue.sip.transaction.Limits transactionLimits,
        WebSocketConfig webSockets) {

    /** One port number for both transports, all limits at their defaults. */
    public static SipConfig of(String host, int port) {
        return new SipConfig(
                host,
                port,
                port,
                null,
                false,
                Limits.defaults(),
                io.segue.sip.message.Limits.defaults(),
                io.segue.sip.transaction.Limits.defaults(),
                WebSocketConfig.defaults());
    }

    public SipConfig with(Limits other) {
        return new SipConfig(
                host, udpPort, tcpPort, advertised, replyToSource, other, messageLimits, transactionLimits, webSockets);
    }

    public SipConfig with(io.segue.sip.transaction.Limits other) {
        return new SipConfig(
                host, udpPort, tcpPort, advertised, replyToSource, limits, messageLimits, other, webSockets);
    }

    public SipConfig advertising(@Nullable String nameOrAddress) {
        return new SipConfig(
                host,
                udpPort,
                tcpPort,
                nameOrAddress,
                replyToSource,
                limits,
                messageLimits,
                transactionLimits,
                webSockets);
    }

    public SipConfig replyingToSource(boolean always) {
        return new SipConfig(
                host, udpPort, tcpPort, advertised, always, limits, messageLimits, transactionLimits, webSockets);
    }

    public SipConfig with(WebSocketConfig other) {
        return new SipConfig(
                host, udpPort, tcpPort, advertised, replyToSource, limits, messageLimits, transactionLimits, other);
    }
}
