package io.segue.flow.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.Written;
import io.segue.call.CallEvent;
import io.segue.contact.Redactor;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.leg.Caller;
import io.segue.flow.record.AuditTrail;
import io.segue.flow.record.ErasedCalls;
import io.segue.flow.record.Pseudonyms;
import io.segue.flow.record.TextlessTrail;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String CARD = "4111 1111 1111 1111";

    private final Redaction redaction = new Redaction(Redactor.defaults());

    private static Turn turn(String text) {
        return new Turn("t1", Speaker.CALLER, text, null, null, null, null, Map.of("card", CARD), 0, 0, false);
    }

    @Test
    void nothingThatAnAgentSaysGetsPastIt() {
        List<AgentEvent> events = List.of(
                new AgentEvent.Said(turn(CARD)),
                new AgentEvent.HandoffAsked(CARD, "billing", List.of(), 5, CARD, Map.of("a", Map.of("b", CARD))),
                new AgentEvent.Gone(AgentEvent.Cause.CLOSED, "1000 " + CARD));
        for (AgentEvent event : events) {
            assertFalse(redaction.of(event).toString().contains("4111"), event.toString());
        }
    }

    @Test
    void nothingThatAnOperatorSaysGetsPastIt() {
        List<CallEvent> events = List.of(
                new CallEvent.TurnAdded(turn(CARD)),
                new CallEvent.OperatorAsked(null, null, List.of(), CARD),
                new CallEvent.GiveBack(CARD));
        for (CallEvent event : events) {
            assertFalse(redaction.of(event).toString().contains("4111"), event.toString());
        }
    }

    @Test
    void whatPeopleAreAskedIsShownWithoutWhatMustNotBeKeptAndNamesStay() {
        Map<String, Object> request = Map.of(
                "id", "4111111111111111",
                "action",
                        Map.of(
                                "id",
                                "a1",
                                "type",
                                "payment.authorize",
                                "amount",
                                500,
                                "summary",
                                "charge " + CARD,
                                "payload",
                                Map.of("card", CARD)),
                "decision", Map.of("by", "sue", "note", CARD, "payload", Map.of("card", CARD)));
        Map<String, Object> shown = redaction.ofRequest(request);
        assertEquals(
                Map.of(
                        "id",
                        "a1",
                        "type",
                        "payment.authorize",
                        "amount",
                        500,
                        "summary",
                        "charge [card]",
                        "payload",
                        Map.of("card", "[card]")),
                shown.get("action"));
        assertEquals(Map.of("by", "sue", "note", "[card]", "payload", Map.of("card", "[card]")), shown.get("decision"));
        assertEquals("4111111111111111", shown.get("id"));
    }

    @Test
    void theDigitsThatAnAgentRepeatsAreTheOnesThatWerePressed() {
        for (char digit : "4711".toCharArray()) {
            CallEvent pressed = new CallEvent.Digit(digit);
            assertSame(pressed, redaction.of(pressed), "the policy counts digits; they are in no record");
        }
        AgentEvent.Said said = (AgentEvent.Said) redaction.of(new AgentEvent.Said(turn("PIN 4711, room 4712")));
        assertEquals("PIN [digits], room 4712", said.turn().text());
    }

    @Test
    void remembersTheLatestDigitsOnly() {
        "123".chars().forEach(c -> redaction.of(new CallEvent.Digit((char) c)));
        for (int i = 0; i < Redaction.PRESSED_MAX - 3; i++) {
            redaction.of(new CallEvent.Digit('0'));
        }
        assertEquals("[digits]", said("123"));
        redaction.of(new CallEvent.Digit('0'));
        assertEquals("123", said("123"));
    }

    private String said(String text) {
        return ((AgentEvent.Said) redaction.of(new AgentEvent.Said(turn(text))))
                .turn()
                .text();
    }

    @Test
    void recordsAndPeopleSeeHeadersWithoutCards() {
        Caller caller = new Caller(
                "+4915112345678", "+1555", "carrier", "sip-1", Map.of("X-Account-Id", "A " + CARD), "00" + CARD, "C-1");
        Caller shown = redaction.of(caller);
        assertEquals(Map.of("X-Account-Id", "A [card]"), shown.extensions());
        assertEquals("+4915112345678", shown.from());
        assertFalse(shown.toString().contains("4111"));
    }

    @Test
    void anErasedCallTellsNeitherWhoNorWhat() {
        Map<String, Object> call = Map.of(
                "id",
                "c1",
                "from",
                "+15550123",
                "contact",
                "anna@example.org",
                "identities",
                List.of("anna@example.org"),
                "agent",
                "refunds",
                "turns",
                List.of(Map.of("id", "t1", "text", "I am Anna", "confidence", 0.7, "entities", Map.of("n", "Anna"))),
                "handoffs",
                List.of(Map.of("reason", "agent_request", "detail", "Anna wants a human", "handoffMs", 12.5)),
                "context",
                Map.of(
                        "caller",
                        Map.of("number", "+15550123", "called", "+1555"),
                        "summary",
                        "Anna",
                        "facts",
                        Map.of("n", "Anna"),
                        "messages",
                        List.of(Map.of("text", "Anna"))));
        Map<String, Object> erased = ErasedCalls.document(call);
        assertFalse(erased.toString().contains("Anna"), erased.toString());
        assertFalse(erased.toString().contains("anna@"), erased.toString());
        assertFalse(erased.toString().contains("0123"), erased.toString());
        assertEquals("refunds", erased.get("agent"));
        assertEquals(List.of(Map.of("id", "t1", "text", "[erased]", "confidence", 0.7)), erased.get("turns"));
        assertEquals(erased, ErasedCalls.document(erased), "again is the same");
    }

    @Test
    void theTrailHoldsNoWordsOfACallButWhatStandsForThem() {
        List<Entry> written = new ArrayList<>();
        Pseudonyms pseudonyms = new Pseudonyms("a key of 32 characters or more !".getBytes());
        TextlessTrail trail = new TextlessTrail(
                new AuditTrail() {
                    @Override
                    public CompletionStage<Written> append(Entry entry) {
                        written.add(entry);
                        return CompletableFuture.completedStage(new Written("n", 1, "00", 1));
                    }

                    @Override
                    public void record(Entry entry) {
                        written.add(entry);
                    }
                },
                pseudonyms);
        Map<String, Object> body = Map.of(
                "type",
                "payment.authorize",
                "amount",
                500,
                "payload",
                Map.of("b", "Anna", "a", "1"),
                "decision",
                Map.of("outcome", "approved", "note", "Anna is known"));
        trail.record(new Entry("signoff.decided", "c1", new Actor("sue", "supervisor"), body));
        trail.append(new Entry(
                "handoff.requested",
                "c1",
                Actor.GATEWAY,
                Map.of("handoff", Map.of("reason", "agent_request", "detail", "Anna"))));
        trail.record(new Entry(
                "handoff.requested",
                "c1",
                Actor.GATEWAY,
                Map.of("handoff", Map.of("reason", "low_confidence", "detail", "confidence 0.4 below 0.85"))));
        trail.record(new Entry("agent.changed", null, new Actor("ada", "admin"), Map.of("text", "configuration")));
        assertFalse(written.toString().contains("Anna"), written.toString());
        assertEquals(500, written.getFirst().body().get("amount"));
        assertEquals(
                pseudonyms.of(Map.of("a", "1", "b", "Anna")),
                written.getFirst().body().get("payload"));
        assertEquals(
                Map.of("reason", "low_confidence", "detail", "confidence 0.4 below 0.85"),
                written.get(2).body().get("handoff"));
        assertEquals(Map.of("text", "configuration"), written.getLast().body());
    }
}
