package io.segue.media;

import java.util.function.LongConsumer;

/** A leg's deadline; a bug in what it does costs that and no more. */
final class LegTimer extends Wheel.Timer {
    private final Leg leg;
    private final LongConsumer task;

    LegTimer(Leg leg, LongConsumer task) {
        this.leg = leg;
        this.task = task;
    }

    @Override
    void fire(long nowNanos) {
        try {
            task.accept(nowNanos);
        } catch (RuntimeException e) {
            leg.loop().failed(e);
        }
    }
}
