package io.segue.flow;

import io.segue.sdp.Codec;
import org.jspecify.annotations.Nullable;

/** Finds and rings the phones of humans. Called on a call's thread; nothing rings before {@link Phone#begin}. */
interface Phones {
    /**
     * @param caller who calls
     * @param media the caller's media: on whose loop the phone's is opened if possible
     * @param codec the caller's codec, which is offered first
     */
    record Request(
            String callId,
            String handoffId,
            Caller caller,
            MediaLeg media,
            @Nullable Codec codec) {}

    /** A human's phone: the leg that stands by, the fixed contact, or where it registered last. */
    Phone ring(String human, Request request, Mailbox mailbox, Phone.Listener listener);

    /** A phone outside. */
    Phone ringOutside(String uri, Request request, Mailbox mailbox, Phone.Listener listener);
}
