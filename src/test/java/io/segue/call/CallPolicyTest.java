package io.segue.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.agent.Agent;
import io.segue.handoff.Brief;
import io.segue.handoff.Handoff;
import io.segue.handoff.HandoffEvent;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import io.segue.human.Queue;
import io.segue.policy.Canary;
import io.segue.registry.AgentForm;
import io.segue.registry.Limits;
import io.segue.registry.Read;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a policy's rules, intents and canary mean to a call. */
class CallPolicyTest {
    private static final CallId ID = new CallId("0123456789abcdef0123456789abcdef");
    private static final Instant NINE = Instant.parse("2026-01-12T09:00:00Z");

    private long now = 7;
    private boolean nobody;
    private Call call = with(Map.of());

    private static Agent agent(Map<String, Object> policy, Map<String, Object> more) {
        Map<String, Object> body = new java.util.HashMap<>(
                Map.of("owner", "team", "url", "wss://bot.example/s", "queue", "first", "policy", policy));
        body.putAll(more);
        return switch (new AgentForm(Limits.defaults()).read("a", body, null)) {
            case Read.Ok<Agent>(Agent agent) -> agent;
            case Read.Invalid<Agent> invalid -> throw new AssertionError(invalid.errors());
        };
    }

    private Call with(Map<String, Object> policy) {
        return Call.of(ID, "+1", "+2", agent(policy, Map.of()), now, NINE);
    }

    private static Map<String, Object> rules(Map<String, Object> when, Map<String, Object> then) {
        return Map.of("rules", List.of(Map.of("id", "vip", "when", when, "then", then)));
    }

    private void begin(Map<String, Object> policy) {
        call = with(policy);
        on(new CallEvent.Answered());
        on(new CallEvent.AgentUp());
    }

    private void on(CallEvent event) {
        call = CallStep.step(
                        call,
                        event,
                        queue -> nobody ? List.of() : List.of(new Brief.Target.InQueue(Queue.named(queue))),
                        now)
                .call();
    }

    private void say(String intent, double confidence) {
        on(new CallEvent.Said(
                new Turn("t", Speaker.CALLER, "hello", intent, confidence, null, null, Map.of(), 0, 1, false)));
    }

    private Handoff last() {
        return call.handoffs().getLast();
    }

    private static String queue(Handoff handoff) {
        return ((Brief.Target.InQueue) handoff.brief().plan().getFirst())
                .queue()
                .id();
    }

    @Test
    void aRuleChoosesQueueSkillsAndPriorityOfItsHandoff() {
        begin(rules(
                Map.of("intent", List.of("refund")),
                Map.of("do", "handoff", "queue", "refunds", "skills", List.of("de"), "priority", 8)));
        say("other", 0.99);
        assertTrue(call.handoffs().isEmpty());
        say("refund", 0.99);
        assertEquals(Reason.POLICY_RULE, last().reason());
        assertEquals("rule vip", last().detail());
        assertEquals("refunds", queue(last()));
        assertEquals(Set.of("de"), last().brief().skills());
        assertEquals(8, last().brief().priority());
    }

    @Test
    void whatTheCallerWantedLastChoosesTheQueueWhateverBeganTheHandoff() {
        Map<String, Object> intents =
                Map.of("intents", Map.of("refund", Map.of("queue", "refunds", "skills", List.of("de"), "priority", 3)));
        begin(intents);
        say("refund", 0.99);
        on(new CallEvent.AgentDown(Reason.AGENT_CLOSED, "1000"));
        assertEquals("refunds", queue(last()));
        begin(intents);
        say("refund", 0.99);
        on(new CallEvent.AgentAsked(null, null, List.of(), 0, null, Map.of()));
        assertEquals("refunds", queue(last()));
        assertEquals(3, last().brief().priority());
        begin(intents);
        say("refund", 0.99);
        on(new CallEvent.AgentAsked(null, "asked", List.of("fr"), 5, null, Map.of()));
        assertEquals("asked", queue(last()), "who asks by name is heeded first");
        assertEquals(Set.of("fr"), last().brief().skills());
        assertEquals(5, last().brief().priority());
    }

    @Test
    void somebodyElseThanThePreWarmedHumanIsFetchedWhenSomebodyElseIsAskedFor() {
        begin(Map.of("intents", Map.of("refund", Map.of("queue", "refunds"))));
        say("status", 0.86);
        assertEquals("first", queue(last()));
        assertEquals(false, last().requested());
        say("refund", 0.5);
        assertEquals(2, call.handoffs().size());
        assertTrue(call.handoffs().getFirst().over());
        assertEquals("refunds", queue(last()));
        assertTrue(last().requested());
        begin(Map.of());
        say("status", 0.86);
        say("refund", 0.5);
        assertEquals(1, call.handoffs().size(), "the pre-warmed human serves");
        assertTrue(last().requested());
    }

    @Test
    void aRuleOfHoursIsAskedAtTheTimeOnTheWall() {
        begin(rules(Map.of("hours", Map.of("from", "10:00", "to", "11:00", "zone", "UTC")), Map.of("do", "handoff")));
        now += TimeUnit.HOURS.toNanos(1) - 1;
        say("x", 0.99);
        assertTrue(call.handoffs().isEmpty());
        now += 1;
        say("x", 0.99);
        assertEquals("rule vip", last().detail());
    }

    @Test
    void afterAFailedHandoffARuleIsADoubtUnlessItsReasonIsSomebodysWish() {
        Map<String, Object> turn = Map.of("turns", 1);
        begin(rules(turn, Map.of("do", "handoff")));
        fail();
        say("x", 0.99);
        assertEquals(1, call.handoffs().size());
        begin(rules(turn, Map.of("do", "handoff", "reason", "caller_request")));
        fail();
        say("x", 0.99);
        assertEquals(2, call.handoffs().size());
    }

    private void fail() {
        nobody = true;
        say("x", 0.99);
        assertEquals(HandoffState.FAILED, last().state());
    }

    @Test
    void turnsAreCountedAnewOnceAHumanHasHadTheCaller() {
        begin(rules(Map.of("turns", 2), Map.of("do", "handoff")));
        say("x", 0.99);
        say("x", 0.99);
        String leg = last().id() + ".1";
        on(new CallEvent.OfHandoff(new HandoffEvent.Reserved(last().id(), 1, List.of("anna"))));
        on(new CallEvent.OfHandoff(new HandoffEvent.LegAnswered(leg)));
        on(new CallEvent.OfHandoff(new HandoffEvent.Switched(leg, now)));
        assertEquals(Call.Stage.WITH_HUMAN, call.stage());
        assertEquals(0, call.tally().history().turns());
    }

    @Test
    void aCallOfTheCanaryHasItsPolicyFromItsBeginningToItsEnd() {
        Map<String, Object> draft = Map.of("threshold", 0.1, "prewarmMargin", 0);
        Agent all = agent(Map.of(), Map.of("canary", Map.of("percent", 100, "policy", draft)));
        Agent none = agent(Map.of(), Map.of("canary", Map.of("percent", 0, "policy", draft)));
        call = Call.of(ID, "a", "b", all, now, NINE);
        assertEquals(Canary.Variant.CANARY, call.began().variant());
        assertEquals(0.1, call.policy().threshold());
        on(new CallEvent.Answered());
        say("x", 0.5);
        assertTrue(call.handoffs().isEmpty());
        call = Call.of(ID, "a", "b", none, now, NINE);
        assertEquals(Canary.Variant.CURRENT, call.began().variant());
        assertEquals(0.85, call.policy().threshold());
    }
}
