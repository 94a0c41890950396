package io.segue.cli;

import io.segue.demo.replay.Tally;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;

/** Says how far a replay has got: a bar that moves on a terminal, else a line now and then. */
final class ReplayProgress implements AutoCloseable {
    private static final Duration BAR_EVERY = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final int WIDTH = 30;

    private final PrintWriter to;
    private final boolean terminal;
    private final Thread thread;
    private volatile Tally tally = new Tally();

    ReplayProgress(PrintWriter to) {
        this.to = to;
        Console console = System.console();
        terminal = console != null && console.isTerminal();
        thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::tell);
    }

    void watch(Tally of) {
        tally = of;
        thread.start();
    }

    private void tell() {
        try {
            while (true) {
                Thread.sleep(terminal ? BAR_EVERY : LINE_EVERY);
                show();
            }
        } catch (InterruptedException e) {
            // It is over.
        }
    }

    private void show() {
        if (terminal) {
            to.print("\r" + bar(tally.over(), tally.dialogues()) + " " + tally.line() + " ");
            to.flush();
        } else {
            to.println(tally.line());
        }
    }

    /** The last line of a replay that is ended before it is done. */
    void cutOff(Tally of) {
        thread.interrupt();
        to.println((terminal ? System.lineSeparator() : "") + "ended before it was done: " + of.line());
        of.troubles().forEach(to::println);
    }

    static String bar(long done, long all) {
        int full = (int) (all == 0 ? 0 : Math.min(done, all) * WIDTH / all);
        return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
    }

    @Override
    public void close() throws InterruptedException {
        if (!thread.isAlive()) {
            return;
        }
        thread.interrupt();
        thread.join();
        if (terminal) {
            show();
            to.println();
        }
    }
}
