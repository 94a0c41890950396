package io.segue.call;

import io.segue.audit.Actor;
import io.segue.handoff.HandoffEffect.Why;

/** What a supervision wants done. */
public sealed interface SupervisionEffect {
    /** Hold the supervisor at the desk; answered by {@link SupervisionEvent.Reserved} or {@link SupervisionEvent.NotFree}. */
    record Reserve() implements SupervisionEffect {}

    /** Give the supervisor back, to their place in the line. */
    record Release() implements SupervisionEffect {}

    /** Ring the supervisor's phone, and say {@link SupervisionEvent.RangInVain} after so long. */
    record Ring(long ms) implements SupervisionEffect {}

    /** The supervisor hears both sides from now on; nothing rings any more. */
    record LetHear() implements SupervisionEffect {}

    /** Who hears the supervisor from now on; where neither does, the call sounds as if there was none. */
    record Join(boolean caller, boolean human) implements SupervisionEffect {}

    /** Cancel or hang up the phone. */
    record Drop(Why why) implements SupervisionEffect {}

    /**
     * Everyone concerned is told.
     *
     * @param what {@code began}, {@code changed} or {@code ended}
     * @param by whose doing it is
     */
    record Tell(String what, Actor by) implements SupervisionEffect {}
}
