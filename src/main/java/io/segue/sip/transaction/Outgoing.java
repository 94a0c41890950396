package io.segue.sip.transaction;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way out, written once and sent as often as needed.
 *
 * @param method of the request, or of the request that is answered
 * @param status of the response, 0 for a request
 * @param bytes the message; not changed by anybody
 * @param again whether it has been sent before
 * @param owner who is told when it cannot be sent
 */
public record Outgoing(
        String method,
        int status,
        byte[] bytes,
        Destination to,
        boolean again,
        @Nullable ClientTransactionId owner) {

    Outgoing repeated() {
        return again ? this : new Outgoing(method, status, bytes, to, true, owner);
    }

    boolean isReliable() {
        return to.transport().isReliable();
    }
}
