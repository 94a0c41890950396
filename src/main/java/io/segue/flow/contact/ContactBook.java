package io.segue.flow.contact;

import io.segue.audit.Actor;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.record.ArchiveAway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Contacts as the outside sees them. Everything fails with {@link ArchiveAway} while the archive is away. */
public interface ContactBook {
    /** Keeps messages, without what must not be kept. */
    CompletionStage<ContactArchive.Keeping> keep(Set<Identity> identities, List<Message> messages);

    /** {@code {"id","identities":[…],"messages":[…],"calls":[…]}}, both newest first; none: nothing is known of them. */
    CompletionStage<Optional<Map<String, Object>>> find(Identity of, int atMost);

    /** Erases a contact: messages are deleted, calls lose what is personal. It may be ordered again, and goes on where it stopped. */
    CompletionStage<Erased> erase(Identity who, Actor by);

    /**
     * What was erased.
     *
     * @param messages messages deleted
     * @param calls archived calls that lost what is personal
     * @param recordings recordings deleted
     * @param live calls of this gateway that go on; they lose it when they end
     */
    record Erased(int messages, int calls, int recordings, int live) {}
}
