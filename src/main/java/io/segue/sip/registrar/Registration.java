package io.segue.sip.registrar;

import io.segue.sip.message.SipResponse;
import java.util.List;

/**
 * What a REGISTER came to.
 *
 * @param bindings the user's live bindings after it; as before when it was refused
 * @param response the answer, without what the transport adds
 */
public record Registration(List<Binding> bindings, SipResponse response) {}
