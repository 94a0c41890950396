package io.segue.demo.bot;

import io.segue.demo.ear.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the bot does with one call.
 *
 * @param voice what it says, over and over; none: it says nothing
 * @param frameMs how much audio one frame carries, 20 ms to many seconds
 * @param leadMs how far ahead of real time it sends; a real one's synthesiser is always ahead
 * @param tapeSeconds how much of what it hears is kept; 0 only counts
 * @param steps what it does besides, and when
 */
public record Script(@Nullable Voice voice, int frameMs, int leadMs, int tapeSeconds, List<Step> steps) {
    /** Something done so many milliseconds after {@code start}. */
    public record Step(int afterMs, Consumer<BotCall> what) {}

    /** Speaks in frames of so many milliseconds, in real time. */
    public static Script speaking(Voice voice, int frameMs, int tapeSeconds) {
        return new Script(voice, frameMs, 60, tapeSeconds, List.of());
    }

    /** Accepts, discards what it hears and says nothing. */
    public static Script discarding() {
        return new Script(null, 20, 0, 0, List.of());
    }

    /** Sends so far ahead of real time. */
    public Script ahead(int millis) {
        return new Script(voice, frameMs, millis, tapeSeconds, steps);
    }

    /** The same with one more step. */
    public Script then(int afterMs, Consumer<BotCall> what) {
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(afterMs, what));
        return new Script(voice, frameMs, leadMs, tapeSeconds, List.copyOf(more));
    }
}
