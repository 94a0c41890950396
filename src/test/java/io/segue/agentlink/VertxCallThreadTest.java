package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.flow.thread.CallThread;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxCallThreadTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static <T> T on(CallThread thread, Callable<T> task) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                done.complete(task.call());
            } catch (Exception failed) {
                done.completeExceptionally(failed);
            }
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    @Test
    void runsTasksInOrderOnOneThreadWithOneContext() throws Exception {
        VertxCallThread thread = new VertxCallThreads(vertx, 1).next();
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 100; i++) {
            int number = i;
            thread.execute(() -> order.add(number));
        }
        Context first = on(thread, Vertx::currentContext);
        assertSame(first, on(thread, Vertx::currentContext));
        assertEquals(IntStream.range(0, 100).boxed().toList(), order);
        assertTrue(on(thread, thread::isCurrent));
        assertFalse(thread.isCurrent());
    }

    @Test
    void givesEachThreadAnEventLoopOfItsOwnAndTakesThemInTurn() throws Exception {
        VertxCallThreads threads = new VertxCallThreads(vertx, 2);
        Set<Thread> loops = new HashSet<>();
        for (VertxCallThread thread : threads.all()) {
            loops.add(on(thread, Thread::currentThread));
        }
        assertEquals(2, loops.size());
        VertxCallThread first = threads.next();
        assertNotSame(first, threads.next());
        assertSame(first, threads.next());
    }

    @Test
    void runsATimerOnTheThreadUnlessItIsTakenBack() throws Exception {
        VertxCallThread thread = new VertxCallThreads(vertx, 1).next();
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch last = new CountDownLatch(1);
        CallThread.Timer takenBack = thread.schedule(20, () -> ran.add("taken back"));
        takenBack.cancel();
        thread.schedule(40, () -> {
            ran.add(thread.isCurrent() && Vertx.currentContext() != null ? "timer" : "elsewhere");
            last.countDown();
        });
        assertTrue(last.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("timer"), ran);
    }

    @Test
    void outlivesATaskThatThrows() throws Exception {
        VertxCallThread thread = new VertxCallThreads(vertx, 1).next();
        thread.execute(() -> {
            throw new IllegalStateException("a bug in a task");
        });
        thread.schedule(0, () -> {
            throw new IllegalStateException("a bug in a timer");
        });
        assertTrue(on(thread, thread::isCurrent));
    }
}
