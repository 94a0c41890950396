package io.segue.media;

import org.jspecify.annotations.Nullable;

/** What waits in a playout queue, in order: audio or a mark. */
abstract class PlayoutItem extends Command {
    @Nullable
    PlayoutItem after;
}
