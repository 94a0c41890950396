package io.segue.sip.dialog;

import java.util.List;

/** The leg after an event, and what is to be done, in this order. */
public record Step(Session session, List<Effect> effects) {}
