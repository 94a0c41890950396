package io.segue.call;

import io.segue.audit.Actor;

/** What can happen to a supervision once it has been asked for. */
public sealed interface SupervisionEvent {
    /** The supervisor is held at the desk for this alone. */
    record Reserved() implements SupervisionEvent {}

    /** Somebody else has them. */
    record NotFree() implements SupervisionEvent {}

    record Answered() implements SupervisionEvent {}

    /** The phone refused, or cannot be reached. */
    record Failed(String evidence) implements SupervisionEvent {}

    /** The phone that was up hung up, or is lost. */
    record Gone(String evidence) implements SupervisionEvent {}

    /** It has rung for as long as it may. */
    record RangInVain() implements SupervisionEvent {}

    /** Another mode is wanted. */
    record Wanted(Supervision.Mode mode, Actor by) implements SupervisionEvent {}

    /** It is to end. */
    record Dismissed(Actor by) implements SupervisionEvent {}

    record CallOver() implements SupervisionEvent {}
}
