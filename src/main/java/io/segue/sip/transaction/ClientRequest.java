package io.segue.sip.transaction;

import io.segue.sip.message.SipRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request of ours with its Via on, ready to go.
 *
 * @param fallback the same request for UDP, where it goes by TCP for its length alone (RFC 3261 18.1.1)
 */
record ClientRequest(
        SipRequest request, Outgoing outgoing, @Nullable ClientRequest fallback) {}
