package io.segue.demo.phone;

/** What a phone does when it is called. A call that says {@code X-Segue-Standby: 1} is answered at once all the same. */
public sealed interface AnswerPlan {
    /** Rings for so long, then answers; 0 answers at once without ringing. */
    record Answer(int ringMs) implements AnswerPlan {}

    /** Refuses with a status such as 486 or 603. */
    record Refuse(int status, int ringMs) implements AnswerPlan {}

    /** Answers 200 without a session description. */
    record AnswerWithoutSdp(int ringMs) implements AnswerPlan {}

    /** Rings and never answers. */
    record RingOn() implements AnswerPlan {}

    /** Does not answer at all, not even with a 100. */
    record Dead() implements AnswerPlan {}

    /** Answers at once. */
    static AnswerPlan atOnce() {
        return new Answer(0);
    }
}
