package io.segue.demo.replay;

import io.segue.demo.DemoFailed;
import io.segue.demo.Gateway;
import io.segue.demo.Gateway.Answer;
import io.segue.demo.replay.Dialogue.Reading;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Labels what the agent made of a caller's words, right or wrong, as a person who knows the truth would. */
final class Reviewer {
    private static final int TRIES = 6;
    /** Also what a gateway says that is too busy. */
    private static final int NOT_ANSWERED = 503;

    private static final long PAUSE_MS = 250;
    /** With so many refused and none taken, the rest would be refused too. */
    private static final int REFUSED_MAX = 8;

    private final Gateway gateway;
    private final Tally tally;
    private volatile boolean given;
    private volatile boolean idle;

    /** @param wanted whether there are to be labels at all */
    Reviewer(Gateway gateway, Tally tally, boolean wanted) {
        this.gateway = gateway;
        this.tally = tally;
        idle = !wanted;
    }

    static JsonObject labelOf(Reading reading) {
        return reading.isRight()
                ? new JsonObject().put("label", "approved")
                : new JsonObject().put("label", "edited").put("text", reading.intent());
    }

    void label(String call, String turn, Reading reading) {
        if (idle) {
            return;
        }
        String path = "/calls/" + call + "/turns/" + turn + "/label";
        Answer answer = ask(path, reading);
        for (int tries = 1; tries < TRIES && mayBeTakenLater(answer); tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS * tries));
            answer = ask(path, reading);
        }
        if (answer.isGood()) {
            given = true;
            tally.labels.increment();
            return;
        }
        tally.unlabelled.increment();
        tally.trouble("a label was answered " + answer.status() + ": " + answer.why());
        if (!given && tally.unlabelled.sum() >= REFUSED_MAX && !idle) {
            idle = true;
            tally.trouble("this gateway takes no labels: nothing more was labelled; --no-label does without");
        }
    }

    private Answer ask(String path, Reading reading) {
        try {
            return gateway.ask("PUT", path, labelOf(reading));
        } catch (DemoFailed e) {
            return new Answer(NOT_ANSWERED, String.valueOf(e.getMessage()));
        }
    }

    /** A call that has just ended is on its way to where it is kept; a store may be busy. */
    private boolean mayBeTakenLater(Answer answer) {
        return answer.status() == NOT_ANSWERED || answer.status() == 404 && given;
    }
}
