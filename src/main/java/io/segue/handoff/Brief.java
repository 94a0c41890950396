package io.segue.handoff;

import io.segue.human.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a handoff is asked to do; it does not change on the way.
 *
 * @param id the call's id, a hyphen and an ordinal
 * @param plan where to look for a human, in this order; after the last the agent keeps the caller
 * @param skills what the human has to be able to do
 * @param priority higher goes first where callers wait
 * @param summary the agent's words for the human
 * @param context the agent's facts for the human
 * @param cutAtOnce whether the agent is cut off as soon as the human is there, or at the end of its utterance
 * @param cutMaxMs the longest wait for that end
 * @param mediaMs so long after its answer a human's phone may send nothing
 */
public record Brief(
        String id,
        List<Target> plan,
        Set<String> skills,
        int priority,
        @Nullable String summary,
        Map<String, Object> context,
        boolean cutAtOnce,
        int cutMaxMs,
        int mediaMs) {

    /** The queue that is asked first; none where that is no queue. */
    public Optional<String> queue() {
        return plan.stream()
                .limit(1)
                .flatMap(first -> first instanceof Target.InQueue in
                        ? Stream.of(in.queue().id())
                        : Stream.empty())
                .findFirst();
    }

    /** Where a human may be found. */
    public sealed interface Target {
        /** Whoever of this queue has been idle longest. */
        record InQueue(Queue queue) implements Target {}

        /** A phone or a contact centre outside. */
        record AtSip(String uri) implements Target {}
    }
}
