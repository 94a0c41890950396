package io.segue.flow.oversight;

import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Webhooks;
import java.util.function.LongSupplier;

/**
 * What the people's side of a call needs of the world around it.
 *
 * @param node this gateway's name
 * @param wallMillis the clock on the wall
 */
public record OversightOutside(
        String node,
        Deciders deciders,
        AuditTrail audit,
        EventLog events,
        Webhooks webhooks,
        LongSupplier wallMillis) {}
