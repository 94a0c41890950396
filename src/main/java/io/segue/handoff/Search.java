package io.segue.handoff;

/**
 * The search for a free human. Each question has a number, so that an answer that comes after the search went on is known as
 * late.
 *
 * @param round the number of the last question
 * @param asking whether its answer is still to come
 * @param waiting whether the caller waits for somebody of the queue to come free
 * @param sparing whether it was asked for a pre-warm, which may not have everybody who is free
 * @param outdated whether somebody came free while it was asked: the answer may be from before
 */
public record Search(int round, boolean asking, boolean waiting, boolean sparing, boolean outdated) {
    static final Search NONE = new Search(0, false, false, false, false);

    Search ask(boolean forPrewarm) {
        return new Search(round + 1, true, waiting, forPrewarm, false);
    }

    boolean isAnswer(int answered) {
        return asking && answered == round;
    }

    Search answered() {
        return new Search(round, false, waiting, sparing, outdated);
    }

    Search waitFor() {
        return new Search(round, asking, true, sparing, outdated);
    }

    Search somebodyFree() {
        return new Search(round, asking, waiting, sparing, asking);
    }

    Search stop() {
        return new Search(round, false, false, sparing, false);
    }
}
