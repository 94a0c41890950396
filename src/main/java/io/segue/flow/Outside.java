package io.segue.flow;

import io.segue.flow.agent.AgentLinks;
import io.segue.flow.contact.Contacts;
import io.segue.flow.desk.Desk;
import io.segue.flow.leg.Signalling;
import io.segue.flow.media.MediaPlane;
import io.segue.flow.oversight.Deciders;
import io.segue.flow.oversight.OversightOutside;
import io.segue.flow.phone.PhoneOutside;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.CallStore;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Recordings;
import io.segue.flow.record.Webhooks;
import io.segue.flow.thread.CallThreads;
import io.segue.flow.thread.Mailboxes;
import io.segue.registry.Directory;
import io.segue.sip.dialog.Identifiers;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Everything a call needs of the world around it.
 *
 * @param nanos the monotonic clock
 * @param wallMillis the clock on the wall
 * @param identifiers tags and random numbers
 * @param overloaded whether no more calls should be taken; asked at each new one
 * @param deciders what it takes to have people decide
 * @param contextUrl a signed URL of a handoff's context: (callId, handoffId)
 */
public record Outside(
        Settings settings,
        Signalling signalling,
        MediaPlane media,
        AgentLinks agents,
        Directory directory,
        Desk desk,
        CallStore store,
        EventLog events,
        Webhooks webhooks,
        CallThreads threads,
        LongSupplier nanos,
        LongSupplier wallMillis,
        Identifiers identifiers,
        BiFunction<String, String, String> contextUrl,
        FlowCounters counters,
        HandoffObserver observer,
        BooleanSupplier overloaded,
        AuditTrail audit,
        Deciders deciders,
        Contacts contacts,
        Recordings recordings) {
    /** What the people's side of a call needs of it. */
    OversightOutside oversight() {
        return new OversightOutside(settings.node(), deciders, audit, events, webhooks, wallMillis);
    }

    /** What phones need of it. */
    PhoneOutside phones(Mailboxes mailboxes) {
        return new PhoneOutside(
                settings.phones(), media, directory, desk, mailboxes, nanos, wallMillis, identifiers, contextUrl);
    }

    Mailboxes mailboxes() {
        return new Mailboxes(
                threads, settings.mailboxMax(), counters.mailboxFull::increment, counters.faults::increment);
    }
}
