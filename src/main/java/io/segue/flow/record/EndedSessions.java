package io.segue.flow.record;

import java.util.concurrent.CompletionStage;

/** Sessions that somebody has signed out of before they were over, known to every gateway. */
public interface EndedSessions {
    /**
     * Ends one; done once every gateway can know. Fails with {@link StoreAway}: it goes on.
     *
     * @param forMs how much longer it would have been good
     */
    CompletionStage<Void> end(String session, long forMs);

    /** Whether somebody has signed out of it. Fails with {@link StoreAway}. */
    CompletionStage<Boolean> has(String session);
}
