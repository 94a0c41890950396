package io.segue.media;

import org.jspecify.annotations.Nullable;

/** Something a loop is asked to do: a node of {@link Commands}, so that handing it over allocates nothing. In one queue at a time. */
abstract class Command {
    volatile @Nullable Command nextCommand;

    /** Called on the loop. */
    abstract void run(long nowNanos);
}
