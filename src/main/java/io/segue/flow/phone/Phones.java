package io.segue.flow.phone;

import io.segue.flow.leg.Caller;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.thread.Mailbox;
import io.segue.sdp.Codec;
import org.jspecify.annotations.Nullable;

/** Finds and rings the phones of humans. Called on a call's thread; nothing rings before {@link Phone#begin}. */
public interface Phones {
    /**
     * @param handoffId the handoff, or the supervision
     * @param caller who calls
     * @param media the caller's media: on whose loop the phone's is opened if possible
     * @param codec the caller's codec, which is offered first
     * @param supervise the mode in which the call is to be supervised; none for a handoff
     */
    record Request(
            String callId,
            String handoffId,
            Caller caller,
            MediaLeg media,
            @Nullable Codec codec,
            @Nullable String supervise) {
        /** What the phone is told that it is for: the handoff's id, or the mode. */
        String purpose() {
            String mode = supervise;
            return mode == null ? handoffId : mode;
        }
    }

    /** A human's phone: the leg that stands by, the fixed contact, or all that it registered at, which ring together. */
    Phone ring(String human, Request request, Mailbox mailbox, Phone.Listener listener);

    /** A phone outside. */
    Phone ringOutside(String uri, Request request, Mailbox mailbox, Phone.Listener listener);
}
