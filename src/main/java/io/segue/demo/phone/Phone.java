package io.segue.demo.phone;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A phone that can be called, at a bank. Its plan may be changed between calls. */
public final class Phone {
    private final PhoneBank bank;
    private final String user;
    private final BlockingQueue<Leg> calls = new LinkedBlockingQueue<>();
    private final List<Leg> all = new CopyOnWriteArrayList<>();
    private volatile Consumer<Leg> listener = leg -> {};
    private volatile AnswerPlan plan;
    private volatile PhoneSettings settings;

    Phone(PhoneBank bank, String user, AnswerPlan plan, PhoneSettings settings) {
        this.bank = bank;
        this.user = user;
        this.plan = plan;
        this.settings = settings;
    }

    /** The user part of its address. */
    public String user() {
        return user;
    }

    /** Its SIP URI. */
    public String uri() {
        return bank.uriOf(user);
    }

    public AnswerPlan plan() {
        return plan;
    }

    public PhoneSettings settings() {
        return settings;
    }

    /** What it does from its next call on. */
    public Phone does(AnswerPlan next, PhoneSettings how) {
        settings = how;
        plan = next;
        return this;
    }

    /** Tells of every call from its INVITE on, on the bank's thread. */
    public Phone onCall(Consumer<Leg> told) {
        listener = told;
        return this;
    }

    /** The next call that reached it, answered or not yet; null when none came in time. */
    public @Nullable Leg nextCall(long timeoutMs) throws InterruptedException {
        return calls.poll(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** All calls that reached it. */
    public List<Leg> calls() {
        return List.copyOf(all);
    }

    /** Drops the calls kept in {@link #calls()}. */
    public void forget() {
        calls.clear();
        all.clear();
    }

    /** Registers at a registrar, {@code host:port}; answers a digest challenge once. Gives the final status. */
    public CompletableFuture<Integer> register(String registrar, String password, int expiresSeconds) {
        return bank.register(user, registrar, password, expiresSeconds);
    }

    void called(Leg leg) {
        all.add(leg);
        calls.add(leg);
        listener.accept(leg);
    }
}
