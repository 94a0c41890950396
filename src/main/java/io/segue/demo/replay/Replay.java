package io.segue.demo.replay;

import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Plays a file's dialogues as live calls, many at once. When this process is told to end (Ctrl-C) no further call is made, those that are up are hung up,
 * and what was registered is taken away before it ends.
 */
public final class Replay {
    /** How long calls have to be hung up once the process is told to end. */
    private static final long HANG_UP_MS_MAX = 3_000;

    private final Gateway gateway;
    private final Order order;
    private final DialogueFile file;
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean cutOff;

    public Replay(Gateway gateway, Order order, DialogueFile file) {
        this.gateway = gateway;
        this.order = order;
        this.file = file;
    }

    /**
     * Blocks until all calls are over, and takes away what it has registered. Throws {@link DemoFailed} when it cannot begin; a call that fails is counted and
     * told, and the others go on. Does not return once this process has been told to end.
     *
     * @param watched gets the figures before the first call; they change as calls end
     * @param lastWords gets the figures, of those calls alone that were played to their end, when this process has been told to end and everything is tidy
     */
    public Tally run(Consumer<Tally> watched, Consumer<Tally> lastWords) {
        Tally tally = new Tally();
        Services services = new Services();
        long[] found = {0};
        file.each(dialogue -> {
            found[0]++;
            services.learn(dialogue);
        });
        if (found[0] == 0) {
            throw new DemoFailed("there is no dialogue in " + file.path()
                    + (file.half() == Half.ALL ? "" : " that is in this half"));
        }
        tally.expect(found[0]);
        ReplayStage stage = ReplayStage.open(gateway, order);
        Thread undo = new Thread(() -> cutOff(stage, tally, lastWords), "replay-undo");
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            stage.set();
            watched.accept(tally);
            play(stage, services, tally);
        } finally {
            over.countDown();
            if (cutOff) {
                untilTheProcessEnds();
            }
            stage.close();
            forget(undo);
        }
        tally.end();
        return tally;
    }

    private void cutOff(ReplayStage stage, Tally tally, Consumer<Tally> lastWords) {
        cutOff = true;
        threads.shutdownNow();
        try {
            boolean inTime = over.await(HANG_UP_MS_MAX, TimeUnit.MILLISECONDS);
            if (!inTime) {
                tally.trouble("some calls were still up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stage.close();
        tally.end();
        lastWords.accept(tally);
    }

    private void play(ReplayStage stage, Services services, Tally tally) {
        Reviewer reviewer = new Reviewer(gateway, tally, order.labels());
        Semaphore room = new Semaphore(order.calls());
        try (threads) {
            file.each(dialogue -> {
                room.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        play(stage, services, reviewer, tally, dialogue);
                    } finally {
                        room.release();
                    }
                });
            });
        } catch (RejectedExecutionException e) {
            // It was cut off, and makes no further call.
        }
    }

    private void play(ReplayStage stage, Services services, Reviewer reviewer, Tally tally, Dialogue dialogue) {
        try {
            new ReplayCall(stage, services, reviewer, tally, order.pauseMs(), dialogue).run();
            tally.played.increment();
        } catch (DemoFailed | InterruptedException e) {
            failed(tally, "dialogue " + dialogue.id() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            failed(tally, "dialogue " + dialogue.id() + " broke: " + e);
        }
    }

    /** What goes wrong because everything ends is no failure. */
    private void failed(Tally tally, String why) {
        if (!cutOff) {
            tally.failed.increment();
            tally.trouble(why);
        }
    }

    private static void untilTheProcessEnds() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void forget(Thread undo) {
        try {
            Runtime.getRuntime().removeShutdownHook(undo);
        } catch (IllegalStateException e) {
            untilTheProcessEnds();
        }
    }
}
