package io.segue.flow.thread;

import java.util.function.Consumer;

/**
 * Opens mailboxes of one size, each on a thread of its own choice.
 *
 * @param max steps that may wait in each
 * @param full called for each step that finds no room
 * @param fault called for each step that throws, before whoever the mailbox is of
 */
public record Mailboxes(CallThreads threads, int max, Runnable full, Runnable fault) {
    /** @param owner told, on the mailbox's thread, when a step throws: a bug, which ends this mailbox's call alone */
    public Mailbox open(Consumer<Throwable> owner) {
        return new Mailbox(threads.next(), max, full, bug -> {
            fault.run();
            owner.accept(bug);
        });
    }
}
