package io.segue.flow.oversight;

import io.segue.flow.record.ArchiveAway;
import io.segue.signoff.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sign-offs and approvals for good, and what has been redeemed. */
public interface SignoffArchive {
    /** Takes a request as it stands, when that can be done; never blocks. What is decided is not undone by an older state that comes later. */
    void keep(Request.Kind kind, Map<String, Object> document);

    /** Fails with {@link ArchiveAway}. */
    CompletionStage<Optional<Map<String, Object>>> find(Request.Kind kind, String id);

    /** The newest first, of all or of one human's calls. Fails with {@link ArchiveAway}. */
    CompletionStage<List<Map<String, Object>>> list(Request.Kind kind, String state, int atMost, @Nullable Whose whose);

    /**
     * Calls that came to a human.
     *
     * @param calls those among them that may not be in the archive yet
     */
    record Whose(String human, Set<String> calls) {}

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
