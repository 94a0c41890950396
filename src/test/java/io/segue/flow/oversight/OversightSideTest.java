package io.segue.flow.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.agent.Agent;
import io.segue.audit.Entry;
import io.segue.audit.Written;
import io.segue.call.CallEvent;
import io.segue.contact.Redactor;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.contact.Redaction;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.EventLog;
import io.segue.flow.record.Pseudonyms;
import io.segue.flow.record.TextlessTrail;
import io.segue.flow.thread.CallThread;
import io.segue.flow.thread.Mailbox;
import io.segue.registry.Directory;
import io.segue.registry.Forms;
import io.segue.registry.Limits;
import io.segue.signoff.Decision;
import io.segue.signoff.Request;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OversightSideTest {
    private static final String CARD = "4111 1111 1111 1111";

    private final Redaction redaction = new Redaction(Redactor.defaults());
    private final Call call = new Call();
    private final List<Object> kept = new ArrayList<>();
    private final List<Object> archived = new ArrayList<>();
    private final OversightSide people =
            new OversightSide("c".repeat(32), agent(), outside(), mailbox(), redaction, call);

    @Test
    void whatAPersonWritesIntoATurnIsSaidAsItIsAndKeptWithoutWhatMustNotBeKept() {
        people.heard(redaction.of(new AgentEvent.Said(proposed("Your card is " + CARD))));
        people.decide(
                "c".repeat(32) + "-t1",
                new Decision(
                        Decision.Outcome.EDITED,
                        "rex",
                        "reviewer",
                        1_000,
                        null,
                        null,
                        null,
                        null,
                        "Do you mean " + CARD + "?"));
        assertEquals(List.of("edited Do you mean " + CARD + "?"), call.told);
        assertEquals(List.of("Do you mean [card]?"), call.said);
        assertEquals(
                List.of(),
                kept.stream()
                        .filter(document -> document.toString().contains("4111"))
                        .toList());
    }

    @Test
    void whatTheCallerDoesNotHearIsAskedNobodyAndIsPartOfTheCall() {
        call.heard = false;
        people.heard(redaction.of(new AgentEvent.Said(proposed("Your card is " + CARD))));
        assertEquals(List.of("Your card is [card]"), call.said);
        assertEquals(List.of(), kept);
    }

    @Test
    void whatWaitedWhenAFaultEndedTheCallWaitsNowhereAnyMore() {
        people.heard(redaction.of(new AgentEvent.Said(proposed("We refund you."))));
        assertEquals(List.of("pending"), archived);
        people.abandon();
        assertEquals(List.of("pending", "expired"), archived);
        assertEquals(
                List.of("approval.requested", "approval.decided"),
                kept.stream()
                        .filter(Entry.class::isInstance)
                        .map(entry -> ((Entry) entry).kind())
                        .toList());
    }

    @Test
    void whatAnAgentWritesMakesNoLinesInALog() {
        assertEquals(
                "pay? ERROR all is lost? was done", OversightSide.oneLine("pay\n ERROR all is lost\u2028 was done"));
    }

    private static Turn proposed(String text) {
        return new Turn("t1", Speaker.AGENT, text, null, null, null, null, Map.of(), 0, 0, true);
    }

    private static Agent agent() {
        Directory directory = new Directory(new Forms("segue", Limits.defaults()));
        directory.agent("bot", Map.of("name", "Bot", "owner", "team", "url", "ws://127.0.0.1:1/", "mode", "hitl"));
        return directory.agent("bot").orElseThrow();
    }

    private static Mailbox mailbox() {
        return new Mailbox(new AtOnce(), 10, () -> {}, fault -> {
            throw new AssertionError(fault);
        });
    }

    private OversightOutside outside() {
        AuditTrail trail = new AuditTrail() {
            @Override
            public CompletionStage<Written> append(Entry entry) {
                kept.add(entry);
                return CompletableFuture.completedStage(new Written("n1", 1, "00", 0));
            }

            @Override
            public void record(Entry entry) {
                kept.add(entry);
            }
        };
        EventLog events = new EventLog() {
            @Override
            public void publish(String type, Map<String, Object> data) {
                kept.add(data);
            }

            @Override
            public Subscription subscribe(@Nullable String lastEventId, Listener listener) {
                throw new UnsupportedOperationException();
            }
        };
        Deciders deciders = new Deciders(null, new Board(), new Archive(), DecisionObserver.none(), 1_000, 1);
        AuditTrail textless = new TextlessTrail(trail, new Pseudonyms(new byte[32]));
        return new OversightOutside("node", deciders, textless, events, (type, data) -> kept.add(data), () -> 1_000);
    }

    /** The call whose agent is watched. */
    private static final class Call implements OversightSide.Host, OversightSide.Asker {
        private final List<String> said = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private boolean heard = true;

        @Override
        public boolean agentIsHeard() {
            return heard;
        }

        @Override
        public void on(CallEvent event) {
            if (event instanceof CallEvent.Said(var turn)) {
                said.add(turn.text());
            }
        }

        @Override
        public Map<String, Object> context() {
            return Map.of();
        }

        @Override
        public OversightSide.Asker agent() {
            return this;
        }

        @Override
        public void turnDecided(String id, String decision, @Nullable String text, @Nullable String note) {
            told.add(decision + " " + text);
        }

        @Override
        public void actionDecided(AgentLink.ActionAnswer answer) {}

        @Override
        public void complain(String code, String message) {}
    }

    private final class Board implements PendingBoard {
        @Override
        public void put(Request.Kind kind, String id, Map<String, Object> document, long deadline) {
            kept.add(document);
        }

        @Override
        public void remove(Request.Kind kind, String id) {}

        @Override
        public CompletionStage<List<Map<String, Object>>> all(Request.Kind kind) {
            return CompletableFuture.completedStage(List.of());
        }
    }

    private final class Archive implements SignoffArchive {
        @Override
        public void keep(Request.Kind kind, Map<String, Object> document) {
            kept.add(document);
            archived.add(document.get("state"));
        }

        @Override
        public CompletionStage<Optional<Map<String, Object>>> find(Request.Kind kind, String id) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public CompletionStage<List<Map<String, Object>>> list(
                Request.Kind kind, String state, int atMost, @Nullable Whose whose) {
            return CompletableFuture.completedStage(List.of());
        }

        @Override
        public CompletionStage<Redeemed> redeem(String signoff, String by, long at) {
            throw new UnsupportedOperationException();
        }
    }

    /** Runs what it is given at once, and nothing later: the test is the call's thread. */
    private static final class AtOnce implements CallThread {
        @Override
        public void execute(Runnable step) {
            step.run();
        }

        @Override
        public Timer schedule(long delayMs, Runnable step) {
            return () -> {};
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
