package io.segue.flow.phone;

import io.segue.flow.desk.Desk;
import io.segue.flow.media.MediaPlane;
import io.segue.flow.thread.Mailboxes;
import io.segue.registry.Directory;
import io.segue.sip.dialog.Identifiers;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * What phones need of the world around them.
 *
 * @param mailboxes for the legs that stand by
 * @param nanos the monotonic clock
 * @param wallMillis the clock on the wall
 * @param identifiers tags and random numbers
 * @param contextUrl a signed URL of a handoff's context: (callId, handoffId)
 */
public record PhoneOutside(
        PhoneSettings settings,
        MediaPlane media,
        Directory directory,
        Desk desk,
        Mailboxes mailboxes,
        LongSupplier nanos,
        LongSupplier wallMillis,
        Identifiers identifiers,
        BiFunction<String, String, String> contextUrl) {}
