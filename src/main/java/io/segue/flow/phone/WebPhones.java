package io.segue.flow.phone;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What phones in browsers need beside what phones need.
 *
 * @param sessions whose session a token is of; none: it is over, or was none. Never fails
 * @param backWithinMs a page whose WebSocket is gone may come back within so long before its human has left
 */
public record WebPhones(Function<String, CompletionStage<Optional<String>>> sessions, long backWithinMs) {

    /** No sessions; 15 s. */
    public static WebPhones defaults() {
        return new WebPhones(token -> CompletableFuture.completedFuture(Optional.empty()), 15_000);
    }
}
