package io.segue.flow.oversight;

import io.segue.audit.Actor;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.record.StoreAway;
import io.segue.signoff.Redemption;
import io.segue.signoff.Request;
import io.segue.signoff.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sign-offs and approvals of all gateways, as the outside sees and decides them. Documents have the shape of the REST interface. */
public interface Signoffs {
    /**
     * @param whose whose calls' alone; of what is pending all are given, which nobody has looked for in an archive
     * @param state {@code pending}, in the order of their deadlines, or {@code approved, edited, rejected, expired}, the newest first, with {@link ArchiveAway}
     */
    CompletionStage<List<Map<String, Object>>> list(
            Request.Kind kind, String state, int atMost, SignoffArchive.@Nullable Whose whose);

    /** Fails with {@link ArchiveAway} where it would have to be looked for there. */
    CompletionStage<Optional<Map<String, Object>>> get(Request.Kind kind, String id);

    /** Decides, wherever the call is. Fails with {@link StoreAway} when its gateway does not answer. */
    CompletionStage<Outcome> decide(Request.Kind kind, String id, Verdict verdict);

    /** Redeems a token, here or at any other gateway once. Fails with {@link ArchiveAway}. */
    CompletionStage<Redeemed> redeem(Redemption redemption, String token, Actor by);

    /** What came of a decision. */
    sealed interface Outcome {
        /** It holds: it is in the trail, and the agent has been told. */
        record Decided(Map<String, Object> document) implements Outcome {}

        /** Somebody was first; the document's decision says who and when. */
        record Taken(Map<String, Object> document) implements Outcome {}

        /** It could not be written to the audit trail: the request waits on. */
        record NotWritten() implements Outcome {}

        record NoSuch() implements Outcome {}

        /** The call ended without a decision. */
        record Over() implements Outcome {}
    }

    /** What came of redeeming. */
    sealed interface Redeemed {
        /** It may be done now, once. */
        record Good(Map<String, Object> document) implements Redeemed {}

        /** The token is no token. */
        record Malformed(String why) implements Redeemed {}

        record Refused(Redemption.Fault fault) implements Redeemed {}

        /** It was redeemed before. */
        record Before(String by, long at) implements Redeemed {}
    }
}
