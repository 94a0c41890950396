package io.segue.flow.contact;

import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.flow.leg.Caller;
import io.segue.flow.thread.Mailbox;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whom a call is with, and what they wrote on other channels. It is looked up when the call begins, and nothing waits for it: a handoff shows what has come by
 * then, the rest follows. Used on the call's thread.
 */
public final class ContactSide {
    private static final Logger LOG = Logger.getLogger(ContactSide.class);

    private final Contacts contacts;
    private final Mailbox mailbox;
    private final Runnable news;
    private volatile Known known;
    private int lookedUp;

    /**
     * What is known of a call's contact.
     *
     * @param identity what the trunk or the agent says it is, else the caller's number; none: neither
     * @param identities all of these
     * @param messages newest first
     */
    public record Known(@Nullable Identity identity, Set<Identity> identities, List<Message> messages) {
        static Known none() {
            return new Known(null, Set.of(), List.of());
        }

        /** Somebody else's messages are not shown for theirs. */
        private Known as(Identity other) {
            Set<Identity> all = new LinkedHashSet<>(identities);
            all.add(other);
            return new Known(other, Set.copyOf(all), List.of());
        }

        private Known saying(List<Message> found) {
            return new Known(identity, identities, List.copyOf(found));
        }
    }

    /** @param news told when messages have come */
    public ContactSide(Contacts contacts, Caller from, Mailbox mailbox, Runnable news) {
        this.contacts = contacts;
        this.mailbox = mailbox;
        this.news = news;
        Known all = Known.none();
        Identity number = Identity.ofCaller(from.from(), contacts.country()).orElse(null);
        if (number != null) {
            all = all.as(number);
        }
        Identity said =
                from.contact() == null ? null : Identity.of(from.contact()).orElse(null);
        this.known = said == null ? all : all.as(said);
    }

    /** From any thread. */
    public Known known() {
        return known;
    }

    public void begin() {
        Identity identity = known.identity();
        if (identity != null) {
            lookUp(identity);
        }
    }

    /** The agent may know better who calls: {@code "contact"} of what it tells the human. */
    public void toldBy(Map<String, Object> context) {
        if (context.get("contact") instanceof String text) {
            Identity.of(text).filter(said -> !said.equals(known.identity())).ifPresent(said -> {
                known = known.as(said);
                lookUp(said);
            });
        }
    }

    private void lookUp(Identity identity) {
        int lookup = ++lookedUp;
        contacts.archive().messages(identity, contacts.shownMax()).whenComplete((found, error) -> {
            if (error != null) {
                LOG.debug("What a contact wrote cannot be read", error);
            } else if (!found.isEmpty()) {
                mailbox.post(() -> found(lookup, found));
            }
        });
    }

    private void found(int lookup, List<Message> messages) {
        if (lookup == lookedUp) {
            known = known.saying(messages);
            news.run();
        }
    }

    /** The contact is erased: what was read is forgotten, what is still on its way too. */
    public void forget() {
        lookedUp++;
        known = known.saying(List.of());
    }
}
