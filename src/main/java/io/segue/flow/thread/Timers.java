package io.segue.flow.thread;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One call's timers by key; starting one anew replaces it. Used on the call's thread only. */
public final class Timers<K> {
    private final Mailbox mailbox;
    private final Consumer<K> expired;
    private final Map<K, CallThread.Timer> running = new HashMap<>();

    public Timers(Mailbox mailbox, Consumer<K> expired) {
        this.mailbox = mailbox;
        this.expired = expired;
    }

    public void start(K key, long delayMs) {
        stop(key);
        CallThread.Timer[] self = new CallThread.Timer[1];
        self[0] = mailbox.thread().schedule(delayMs, () -> fire(key, self[0]));
        running.put(key, self[0]);
    }

    /** One that was stopped or replaced after it had been put in the thread's queue does not count. */
    private void fire(K key, CallThread.Timer self) {
        if (running.remove(key, self)) {
            mailbox.guarded(() -> expired.accept(key));
        }
    }

    public void stop(K key) {
        CallThread.Timer timer = running.remove(key);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** What is being waited for. */
    public Set<K> keys() {
        return Set.copyOf(running.keySet());
    }

    public void stopAll() {
        running.values().forEach(CallThread.Timer::cancel);
        running.clear();
    }
}
