package io.segue.flow.contact;

import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.record.ArchiveAway;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where contacts and their messages are kept. Everything fails with {@link ArchiveAway} while it is away. */
public interface ContactArchive {
    /** Keeps messages, those that are kept already once; the identities are one contact's from now on, with all that was known of each. */
    CompletionStage<Keeping> keep(Set<Identity> identities, List<Message> messages);

    /** The newest messages of whoever this is, newest first. */
    CompletionStage<List<Message>> messages(Identity of, int atMost);

    /** All that whoever this is is known by, this at least. */
    CompletionStage<Set<Identity>> identities(Identity of);

    /** What is archived of calls with any of these, newest first: {@code {"id","agent","startedAt","endedAt","outcome","endReason"}}. */
    CompletionStage<List<Map<String, Object>>> calls(Set<Identity> with, int atMost);

    /** From now on calls with any of these that began before are archived without what is personal. */
    CompletionStage<Void> mark(Set<Identity> erased);

    /** Takes what is personal out of some of the archived calls with any of these; the calls' ids, empty once none is left. */
    CompletionStage<List<String>> eraseCalls(Set<Identity> with);

    /** Forgets messages and identities; how many messages there were. */
    CompletionStage<Integer> forget(Set<Identity> erased);

    /** What came of keeping messages. */
    sealed interface Keeping {
        /**
         * They are kept.
         *
         * @param known how many were kept already
         */
        record Kept(int added, int known) implements Keeping {}

        /** The contact would be known by more than so many identities; nothing was kept. */
        record TooManyIdentities(int max) implements Keeping {}
    }

    /** Keeps and knows nothing. */
    static ContactArchive none() {
        return new NoContacts();
    }
}
