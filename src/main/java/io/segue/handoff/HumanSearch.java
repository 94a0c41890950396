package io.segue.handoff;

import io.segue.handoff.Attempt.Stage;
import io.segue.handoff.Brief.Target;
import io.segue.handoff.HandoffEffect.Afterwards;
import io.segue.human.Queue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way through the plan: whoever is free is reserved and rung; where nobody is, the next place is tried. */
final class HumanSearch {
    /** A phone outside, which has no queue to say so, rings for so long. */
    private static final int OUTSIDE_RING_SECONDS = 30;

    private HumanSearch() {}

    /** The search goes out before anybody is told of it: what is told takes time that the caller waits. */
    static void begin(HandoffDraft draft) {
        if (draft.handoff().current() == null) {
            draft.tell();
            draft.end(HandoffState.FAILED, Reason.NO_HUMAN);
        } else {
            tryTarget(draft, Reason.NO_HUMAN);
            draft.tell();
        }
    }

    private static void tryTarget(HandoffDraft draft, Reason whyNot) {
        switch (draft.handoff().current()) {
            case Target.InQueue(var queue) -> reserve(draft, queue);
            case Target.AtSip(var uri) -> raise(draft, null, uri);
            case null -> draft.end(HandoffState.FAILED, whyNot);
        }
    }

    private static void reserve(HandoffDraft draft, Queue queue) {
        boolean prewarm = !draft.handoff().requested();
        draft.become(draft.handoff().with(draft.handoff().search().ask(prewarm)));
        Handoff handoff = draft.handoff();
        draft.want(new HandoffEffect.Reserve(
                handoff.search().round(), queue, handoff.brief().skills(), handoff.tried(), prewarm));
    }

    /** Who came free while a question was out may not be in its answer: it is asked again then. */
    static void somebodyFree(HandoffDraft draft) {
        Search search = draft.handoff().search().somebodyFree();
        draft.become(draft.handoff().with(search));
        if (draft.handoff().current() instanceof Target.InQueue(var queue) && search.waiting() && !search.asking()) {
            reserve(draft, queue);
        }
    }

    static void reserved(HandoffDraft draft, int round, List<String> humans) {
        if (!draft.handoff().search().isAnswer(round)) {
            humans.forEach(human -> draft.release(human, Afterwards.SAME_PLACE));
            return;
        }
        draft.stopSearching();
        draft.become(draft.handoff().with(draft.handoff().clock().reserved(draft.now())));
        humans.forEach(human -> raise(draft, human, null));
        draft.enter(HandoffState.RESERVED);
    }

    private static void raise(HandoffDraft draft, @Nullable String human, @Nullable String uri) {
        Handoff handoff = draft.handoff();
        String leg = handoff.id() + "." + (handoff.attempts().size() + 1);
        draft.become(handoff.plus(new Attempt(leg, human, uri, Stage.RAISED, null, "")));
        int ringSeconds =
                handoff.current() instanceof Target.InQueue(var queue) ? queue.ringSeconds() : OUTSIDE_RING_SECONDS;
        draft.start(HandoffTimer.RING, leg, ringSeconds * 1000L);
        if (human != null) {
            draft.want(new HandoffEffect.RaiseLeg(leg, human));
        } else if (uri != null) {
            draft.want(new HandoffEffect.RaiseOutside(leg, uri));
        }
    }

    static void noneFree(HandoffDraft draft, int round) {
        Handoff handoff = draft.handoff();
        if (!handoff.search().isAnswer(round)) {
            return;
        }
        Search search = handoff.search().answered();
        draft.become(handoff.with(search));
        if (!(handoff.current() instanceof Target.InQueue(Queue queue))) {
            return;
        }
        // What was asked as a pre-warm, which leaves most of the humans alone, may be more than that now.
        boolean askAgain = handoff.requested() && search.sparing() || search.outdated();
        if (!search.waiting() && !askAgain && handoff.requested() && queue.waitSeconds() > 0) {
            draft.become(draft.handoff().with(search.waitFor()));
            draft.want(new HandoffEffect.AwaitFree(queue.id()));
            draft.start(HandoffTimer.WAIT, "", queue.waitSeconds() * 1000L);
            // Whoever came free between the answer and now has told nobody.
            askAgain = true;
        }
        if (askAgain) {
            reserve(draft, queue);
        } else if (!draft.handoff().search().waiting()) {
            next(draft);
        }
    }

    /** Nobody has come free for as long as the queue waits. */
    static void waited(HandoffDraft draft) {
        if (draft.handoff().search().waiting()) {
            next(draft);
        }
    }

    /** The overflow; a pre-warm does not go so far. */
    private static void next(HandoffDraft draft) {
        draft.stopSearching();
        if (draft.handoff().requested()) {
            draft.become(draft.handoff().at(draft.handoff().target() + 1));
            tryTarget(draft, draft.handoff().lastReason());
        } else {
            draft.end(HandoffState.FAILED, Reason.LET_GO);
        }
    }

    /** A phone came to nothing: the next of the queue is rung, unless another phone still rings. */
    static void lookFurther(HandoffDraft draft) {
        Handoff handoff = draft.handoff();
        boolean legIsUp =
                handoff.winner() != null || handoff.attempts().stream().anyMatch(Attempt::pending);
        if (legIsUp || handoff.over()) {
            return;
        }
        if (handoff.current() instanceof Target.InQueue(var queue)) {
            reserve(draft, queue);
        } else {
            next(draft);
        }
    }
}
