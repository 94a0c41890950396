package io.segue.app;

import io.quarkus.arc.DefaultBean;
import io.segue.flow.ArchivedCalls;
import io.segue.flow.StoreAway;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;

/** What stands for the archive where there is none. */
class ArchiveAbsent {
    @Produces
    @Singleton
    @DefaultBean
    ArchivedCalls archivedCalls() {
        return (query, after, sizeMax) ->
                CompletableFuture.failedFuture(new StoreAway("this gateway has no archive of calls"));
    }
}
