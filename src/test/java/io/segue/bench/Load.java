package io.segue.bench;

import io.segue.demo.DemoFailed;
import io.segue.demo.Stage;
import io.segue.demo.bot.BotCall;
import io.segue.demo.bot.Script;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.Leg;
import io.segue.demo.phone.Phone;
import io.segue.demo.phone.PhoneBank;
import io.segue.demo.phone.PhoneSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Many calls that stay up: brought up one after the other, bridged to a human or left with the agent, and taken down again. */
final class Load implements AutoCloseable {
    private static final long ANSWER_S = 10;

    private final List<Leg> callers = new ArrayList<>();
    private final List<Leg> humans = new ArrayList<>();

    /** Brings so many calls up at twenty a second; waits for the human of each when they are to be bridged. */
    static Load of(Stage stage, int calls, int frameMs, boolean bridged) throws Exception {
        Load load = new Load();
        Script script = Script.speaking(Voice.agentTone(), frameMs, 0).ahead(Math.max(60, frameMs));
        for (int i = 0; i < calls; i++) {
            String from = stage.nextCaller();
            CompletableFuture<BotCall> expected = stage.expect(from, script);
            Leg caller = stage.call(from, PhoneSettings.saying(Voice.callerTone(), 0));
            int status = caller.answered().get(ANSWER_S, TimeUnit.SECONDS);
            if (status != 200) {
                throw new DemoFailed("call " + i + " was answered " + status);
            }
            load.callers.add(caller);
            BotCall bot = expected.get(ANSWER_S, TimeUnit.SECONDS);
            if (bridged) {
                bot.turn("A human, please.", "refund_dispute", 0.3).join();
                Leg human = stage.humanOf(bot).get(ANSWER_S, TimeUnit.SECONDS);
                human.confirmed().get(ANSWER_S, TimeUnit.SECONDS);
                load.humans.add(human);
            }
            Thread.sleep(50);
        }
        return load;
    }

    /** Brings so many calls up between two banks of phones, by way of whoever takes them at an address. */
    static Load between(PhoneBank callers, PhoneBank humans, InetSocketAddress by, int calls, Voice human)
            throws Exception {
        Load load = new Load();
        for (int i = 0; i < calls; i++) {
            Phone phone = humans.phone("human-" + i, AnswerPlan.atOnce(), PhoneSettings.saying(human, 0));
            Leg caller = callers.call("caller-" + i, phone.user(), by, PhoneSettings.saying(Voice.callerTone(), 0));
            int status = caller.answered().get(ANSWER_S, TimeUnit.SECONDS);
            Leg called = phone.nextCall(ANSWER_S * 1000);
            if (status != 200 || called == null) {
                throw new DemoFailed("call " + i + " was answered " + status);
            }
            called.confirmed().get(ANSWER_S, TimeUnit.SECONDS);
            load.callers.add(caller);
            load.humans.add(called);
            Thread.sleep(50);
        }
        return load;
    }

    /** RTP packets that have reached the phones so far. */
    long received() {
        return received(callers) + received(humans);
    }

    /** RTP packets that the phones have sent so far. */
    long sent() {
        return callers.stream().mapToLong(Leg::sent).sum()
                + humans.stream().mapToLong(Leg::sent).sum();
    }

    /** Streams that ought to be arriving, 50 packets a second each. */
    int streams() {
        return callers.size() + humans.size();
    }

    /** Calls that are gone although nobody hung up. */
    long lost() {
        return callers.stream().filter(leg -> leg.ended().isDone()).count();
    }

    private static long received(List<Leg> legs) {
        return legs.stream().mapToLong(leg -> leg.tape().received()).sum();
    }

    @Override
    public void close() {
        List<CompletableFuture<String>> ends = callers.stream().map(Leg::hangUp).toList();
        CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
                .orTimeout(40, TimeUnit.SECONDS)
                .join();
    }
}
