package io.segue.app;

import io.segue.api.SessionResource;
import io.segue.api.auth.SessionTokens;
import io.segue.flow.record.EndedSessions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Whose session a token is of, unless they have signed out of it; while the store cannot be asked nobody counts as having done so. */
record LiveSessions(SessionResource.SignIn signIn, EndedSessions ended)
        implements Function<String, CompletionStage<Optional<String>>> {
    @Override
    public CompletionStage<Optional<String>> apply(String token) {
        return signIn.tokens()
                .sessionOf(token, signIn.clock().millis())
                .map(this::unlessEnded)
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletionStage<Optional<String>> unlessEnded(SessionTokens.Session session) {
        return ended.has(session.id())
                .handle((over, away) -> away == null && over
                        ? Optional.empty()
                        : Optional.of(session.holder().name()));
    }
}
