package io.segue.media;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An unbounded queue of {@link Command}s, many producers and one consumer, linked through the commands themselves; lock-free, in order per producer. */
final class Commands {
    private static final class Stub extends Command {
        @Override
        void run(long nowNanos) {}
    }

    private final Stub stub = new Stub();
    private final AtomicReference<Command> last = new AtomicReference<>(stub);
    private Command first = stub;

    /** Safe from any thread. */
    void push(Command command) {
        command.nextCommand = null;
        Command before = last.getAndSet(command);
        before.nextCommand = command;
    }

    /** The oldest; null where there is none, or where its producer is midway (it will wake the loop). Only the loop calls this. */
    @Nullable
    Command poll() {
        Command oldest = first;
        Command next = oldest.nextCommand;
        if (oldest == stub) {
            if (next == null) {
                return null;
            }
            first = next;
            oldest = next;
            next = oldest.nextCommand;
        }
        if (next == null) {
            if (oldest != last.get()) {
                return null;
            }
            push(stub);
            next = oldest.nextCommand;
            if (next == null) {
                return null;
            }
        }
        first = next;
        return oldest;
    }

    /** Whether something may be there. Only the loop calls this. */
    boolean isEmpty() {
        return first == stub && stub.nextCommand == null;
    }
}
