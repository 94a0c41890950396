package io.segue.app;

import io.segue.archive.ArchivedTurns;
import io.segue.archive.Database;
import io.segue.flow.review.PastCalls;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what drafts of policies are tried on. */
class PolicyBeans {
    @Produces
    @Singleton
    PastCalls pastCalls(Database database) {
        return new ArchivedTurns(database);
    }
}
