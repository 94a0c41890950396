package io.segue.handoff;

/**
 * The search for a free human. Each question has a number, so that an answer that comes after the search went on is known as
 * late.
 *
 * @param round the number of the last question
 * @param asking whether its answer is still to come
 * @param waiting whether the caller waits for somebody of the queue to come free
 */
public record Search(int round, boolean asking, boolean waiting) {
    static final Search NONE = new Search(0, false, false);

    Search ask() {
        return new Search(round + 1, true, waiting);
    }

    boolean isAnswer(int answered) {
        return asking && answered == round;
    }

    Search answered() {
        return new Search(round, false, waiting);
    }

    Search waitFor() {
        return new Search(round, asking, true);
    }

    Search stop() {
        return new Search(round, false, false);
    }
}
