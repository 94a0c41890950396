package io.segue.flow.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.segue.contact.Channel;
import io.segue.contact.Direction;
import io.segue.contact.Identity;
import io.segue.contact.Message;
import io.segue.contact.Redactor;
import io.segue.flow.leg.Caller;
import io.segue.flow.record.ArchiveAway;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContactSideTest {
    private static final Message HELLO = new Message("1", Channel.SMS, Direction.IN, "hello", 1);

    private final Map<String, CompletableFuture<List<Message>>> asked = new LinkedHashMap<>();
    private final List<String> news = new ArrayList<>();

    /** Runs what it is given at once: the test is the call's thread. */
    private static final class AtOnce implements CallThread {
        @Override
        public void execute(Runnable step) {
            step.run();
        }

        @Override
        public Timer schedule(long delayMs, Runnable step) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }

    private ContactSide side(String from, @Nullable String contact) {
        ContactArchive archive = new ContactArchive() {
            private final ContactArchive none = ContactArchive.none();

            @Override
            public CompletionStage<Keeping> keep(Set<Identity> identities, List<Message> messages) {
                return none.keep(identities, messages);
            }

            @Override
            public CompletionStage<List<Message>> messages(Identity of, int atMost) {
                return asked.computeIfAbsent(of.value(), unused -> new CompletableFuture<>());
            }

            @Override
            public CompletionStage<Set<Identity>> identities(Identity of) {
                return none.identities(of);
            }

            @Override
            public CompletionStage<List<Map<String, Object>>> calls(Set<Identity> with, int atMost) {
                return none.calls(with, atMost);
            }

            @Override
            public CompletionStage<Void> mark(Set<Identity> erased) {
                return none.mark(erased);
            }

            @Override
            public CompletionStage<List<String>> eraseCalls(Set<Identity> with) {
                return none.eraseCalls(with);
            }

            @Override
            public CompletionStage<Integer> forget(Set<Identity> erased) {
                return none.forget(erased);
            }
        };
        Mailbox mailbox = new Mailbox(new AtOnce(), 100, () -> {}, fault -> {
            throw new AssertionError(fault);
        });
        return new ContactSide(
                new Contacts(Redactor.defaults(), archive, 50, null),
                new Caller(from, "+1555", "carrier", "sip-1", Map.of(), null, contact),
                mailbox,
                () -> news.add("came"));
    }

    private void answer(String identity, List<Message> messages) {
        asked.getOrDefault(identity, new CompletableFuture<>()).complete(messages);
    }

    @Test
    void looksTheCallersNumberUpAndTellsWhenMessagesHaveCome() {
        ContactSide side = side("0015550123", null);
        side.begin();
        assertEquals(List.of(), side.known().messages(), "nothing waits for it");
        answer("+15550123", List.of(HELLO));
        assertEquals(List.of(HELLO), side.known().messages());
        assertEquals(List.of("came"), news);
    }

    @Test
    void whoTheTrunkNamesComesBeforeTheNumberAndWhoTheAgentNamesBeforeBoth() {
        ContactSide side = side("+15550123", "C-4711");
        side.begin();
        answer("C-4711", List.of(HELLO));
        assertEquals(List.of(HELLO), side.known().messages());
        side.toldBy(Map.of("contact", "Anna@example.org"));
        assertEquals(new Identity("anna@example.org"), side.known().identity());
        assertEquals(List.of(), side.known().messages(), "another's messages are not shown for theirs");
        assertEquals(
                Set.of(new Identity("+15550123"), new Identity("C-4711"), new Identity("anna@example.org")),
                side.known().identities());
    }

    @Test
    void anAnswerToAnEarlierQuestionCountsForNothing() {
        ContactSide side = side("+15550123", null);
        side.begin();
        side.toldBy(Map.of("contact", "C-1"));
        answer("+15550123", List.of(HELLO));
        assertEquals(List.of(), side.known().messages());
        side.forget();
        answer("C-1", List.of(HELLO));
        assertEquals(List.of(), side.known().messages(), "the contact was erased meanwhile");
        assertEquals(List.of(), news);
    }

    @Test
    void whatIsNoIdentityNamesNobody() {
        ContactSide side = side("anonymous", "a\r\nX-Evil: 1");
        side.begin();
        side.toldBy(Map.of("contact", "b\nc"));
        side.toldBy(Map.of("contact", 4711));
        assertNull(side.known().identity());
        assertEquals(Map.of(), asked);
    }

    @Test
    void goesOnWithoutAnArchive() {
        ContactSide side = side("+15550123", null);
        side.begin();
        asked.get("+15550123").completeExceptionally(new ArchiveAway("PostgreSQL is away"));
        assertEquals(List.of(), side.known().messages());
        assertEquals(List.of(), news);
    }
}
