package io.segue.demo.replay;

import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Plays a file's dialogues as live calls, many at once. */
public final class Replay {
    private final Gateway gateway;
    private final Order order;
    private final DialogueFile file;

    public Replay(Gateway gateway, Order order, DialogueFile file) {
        this.gateway = gateway;
        this.order = order;
        this.file = file;
    }

    /**
     * Blocks until all calls are over, and takes away what it has registered, also when this process is told to end. Throws {@link DemoFailed} when it
     * cannot begin; a call that fails is counted and told, and the others go on.
     *
     * @param watched gets the figures before the first call; they change as calls end
     */
    public Tally run(Consumer<Tally> watched) {
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
        ReplayStage stage = ReplayStage.set(gateway, order);
        Thread undo = new Thread(stage::close, "replay-undo");
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            watched.accept(tally);
            play(stage, services, tally);
        } finally {
            stage.close();
            forget(undo);
        }
        tally.end();
        return tally;
    }

    private void play(ReplayStage stage, Services services, Tally tally) {
        Reviewer reviewer = new Reviewer(gateway, tally, order.labels());
        Semaphore room = new Semaphore(order.calls());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            file.each(dialogue -> {
                room.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        new ReplayCall(stage, services, reviewer, tally, order.pauseMs(), dialogue).run();
                        tally.played.increment();
                    } catch (DemoFailed | InterruptedException e) {
                        tally.failed.increment();
                        tally.trouble("dialogue " + dialogue.id() + ": " + e.getMessage());
                    } catch (RuntimeException e) {
                        tally.failed.increment();
                        tally.trouble("dialogue " + dialogue.id() + " broke: " + e);
                    } finally {
                        room.release();
                    }
                });
            });
        }
    }

    private static void forget(Thread undo) {
        try {
            Runtime.getRuntime().removeShutdownHook(undo);
        } catch (IllegalStateException e) {
            // It is running.
        }
    }
}
