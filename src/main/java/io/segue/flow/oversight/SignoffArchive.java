package io.segue.flow.oversight;

import io.segue.flow.record.ArchiveAway;
import io.segue.signoff.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Sign-offs and approvals for good, and what has been redeemed. */
public interface SignoffArchive {
    /** Takes a request as it stands, when that can be done; never blocks. What is decided is not undone by an older state that comes later. */
    void keep(Request.Kind kind, Map<String, Object> document);

    /** Fails with {@link ArchiveAway}. */
    CompletionStage<Optional<Map<String, Object>>> find(Request.Kind kind, String id);

    /** The newest first. Fails with {@link ArchiveAway}. */
    CompletionStage<List<Map<String, Object>>> list(Request.Kind kind, String state, int atMost);

    /**
     * Redeems a sign-off, once and for all.
     *
     * @param at Unix milliseconds
     * @return this redemption if it is the first, else the first. Fails with {@link ArchiveAway}
     */
    CompletionStage<Redeemed> redeem(String signoff, String by, long at);

    /**
     * A redemption.
     *
     * @param first whether it is the one that was asked for
     * @param by who redeemed
     * @param at when, Unix milliseconds
     */
    record Redeemed(boolean first, String by, long at) {}
}
