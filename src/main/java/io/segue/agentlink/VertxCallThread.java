package io.segue.agentlink;

import io.netty.util.concurrent.ScheduledFuture;
import io.segue.flow.thread.CallThread;
import io.segue.stream.MediaScan;
import io.vertx.core.impl.ContextInternal;
import java.util.concurrent.TimeUnit;

/** A call thread that is a Vert.x event loop, with one context of its own. Tasks run with that context as the current one. */
public final class VertxCallThread implements CallThread {
    private final ContextInternal context;
    // Frames are taken apart here, one at a time, by all sockets of this thread.
    final MediaScan scan = new MediaScan();
    private byte[] text = new byte[2048];
    private byte[] audio = new byte[2048];

    VertxCallThread(ContextInternal context) {
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(none -> task.run());
    }

    @Override
    public Timer schedule(long delayMs, Runnable task) {
        ScheduledFuture<?> timer =
                context.nettyEventLoop().schedule(() -> dispatch(task), delayMs, TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public boolean isCurrent() {
        return context.nettyEventLoop().inEventLoop();
    }

    /** Runs the task at once, on this thread already; what it throws is logged and goes no further. */
    void dispatch(Runnable task) {
        context.dispatch(none -> task.run());
    }

    /** A buffer for one frame's text, of at least so many bytes; its content lasts until the next call. */
    byte[] text(int bytes) {
        if (text.length < bytes) {
            text = new byte[Math.max(bytes, text.length * 2)];
        }
        return text;
    }

    /** A buffer for one frame's audio, of at least so many bytes; its content lasts until the next call. */
    byte[] audio(int bytes) {
        if (audio.length < bytes) {
            audio = new byte[Math.max(bytes, audio.length * 2)];
        }
        return audio;
    }
}
