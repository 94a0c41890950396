package io.segue.flow.oversight;

import io.segue.agent.Agent;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.call.CallEvent;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.contact.Redaction;
import io.segue.flow.thread.Mailbox;
import io.segue.flow.thread.Timers;
import io.segue.signoff.Action;
import io.segue.signoff.Claims;
import io.segue.signoff.Decision;
import io.segue.signoff.Oversight;
import io.segue.signoff.OversightEffect;
import io.segue.signoff.OversightEvent;
import io.segue.signoff.OversightStep;
import io.segue.signoff.Request;
import io.segue.signoff.Request.Subject;
import io.segue.signoff.Rules;
import io.segue.turn.Turn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The people's side of a call's agent: what they are asked, and what becomes of their answers. Used on the call's thread. */
public final class OversightSide {
    private static final Logger LOG = Logger.getLogger(OversightSide.class);
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final String call;
    private final Agent agent;
    private final OversightOutside outside;
    private final Deciders deciders;
    private final Mailbox mailbox;
    private final Redaction redaction;
    private final Host host;
    private final Timers<String> deadlines;
    private final Map<String, CompletableFuture<OversightEffect.Answer>> waiting = new HashMap<>();
    private final Map<String, Map<String, Object>> evidence = new HashMap<>();
    private Oversight oversight;
    private int refs;
    private boolean closed;

    /** What the call is to this. */
    public interface Host {
        /** Whether the caller hears the agent now; else what it says needs nobody. */
        boolean agentIsHeard();

        void on(CallEvent event);

        /** The call's context, as a human is shown it. */
        Map<String, Object> context();

        Asker agent();
    }

    /** The agent that asks leave; one whose link is gone is told nothing. */
    public interface Asker {
        /** What became of a turn that was proposed. */
        void turnDecided(String id, String decision, @Nullable String text, @Nullable String note);

        void actionDecided(AgentLink.ActionAnswer answer);

        /** What it said cannot be taken as it is. */
        void complain(String code, String message);
    }

    public OversightSide(
            String call, Agent agent, OversightOutside outside, Mailbox mailbox, Redaction redaction, Host host) {
        this.call = call;
        this.agent = agent;
        this.outside = outside;
        this.deciders = outside.deciders();
        this.mailbox = mailbox;
        this.redaction = redaction;
        this.host = host;
        this.deadlines = new Timers<>(mailbox, id -> on(new OversightEvent.Late(id)));
        this.oversight = Oversight.of(call, Rules.of(agent, deciders.signoffMs()));
    }

    /** The agent says, does or asks leave for something. */
    public void heard(AgentEvent event) {
        switch (event) {
            case AgentEvent.Said(var turn) -> said(turn);
            case AgentEvent.ActionAsked(var action) -> on(new OversightEvent.ActionAsked(action));
            case AgentEvent.ActionDone(var action) -> on(new OversightEvent.ActionDone(action));
            case AgentEvent.Opened _,
                    AgentEvent.FirstAudio _,
                    AgentEvent.Gone _,
                    AgentEvent.HandoffAsked _,
                    AgentEvent.DigitsAsked _,
                    AgentEvent.Cleared _ -> {}
        }
    }

    private void said(Turn turn) {
        if (!host.agentIsHeard()) {
            host.on(new CallEvent.Said(turn));
        } else {
            on(turn.proposed() ? new OversightEvent.TurnProposed(turn) : new OversightEvent.TurnSpoken(turn));
        }
    }

    /** Nobody is left to be told. */
    public void over() {
        on(new OversightEvent.Over());
    }

    /** The call is over: nothing runs on. */
    public void close() {
        closed = true;
        over();
        deadlines.stopAll();
    }

    /** The call ends by a fault of ours: those who ask are told that there is none. */
    public void abandon() {
        deadlines.stopAll();
        List<Request> left = oversight.pending();
        oversight = Oversight.of(call, oversight.rules());
        left.forEach(request -> {
            deciders.board().remove(request.kind(), request.id());
            deciders.observer().abandoned(request.kind());
        });
        waiting.values()
                .forEach(
                        answer -> answer.completeExceptionally(new IllegalStateException("the call ended by a fault")));
        waiting.clear();
        left.forEach(this::abandon);
    }

    /** What nobody can answer any more does not look as if it waited. */
    private void abandon(Request request) {
        Request over = request.abandoned(outside.wallMillis().getAsLong());
        record(name(over.kind()) + ".decided", document(over));
        deciders.archive().keep(over.kind(), document(over, evidence.remove(over.id())));
        show(over);
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Somebody decides; the answer comes once the trail has it. */
    CompletionStage<OversightEffect.Answer> decide(String request, Decision decision) {
        String ref = "" + ++refs;
        CompletableFuture<OversightEffect.Answer> answer = new CompletableFuture<>();
        waiting.put(ref, answer);
        on(new OversightEvent.Decide(request, decision, ref));
        return answer;
    }

    Map<String, Object> document(Request request) {
        return document(request, null);
    }

    private Map<String, Object> document(Request request, @Nullable Map<String, Object> shown) {
        return redaction.ofRequest(RequestDocuments.request(request, call, agent.id(), outside.node(), shown));
    }

    private void on(OversightEvent event) {
        OversightStep.Result result =
                OversightStep.step(oversight, event, outside.wallMillis().getAsLong());
        oversight = result.oversight();
        result.effects().forEach(this::carryOut);
    }

    private void carryOut(OversightEffect effect) {
        switch (effect) {
            case OversightEffect.Ask(var request) -> ask(request);
            case OversightEffect.Write(var request, var decision) -> write(request, decision);
            case OversightEffect.Tell(var request, var decision) -> tell(request, decision);
            case OversightEffect.Repeat(var request, var decision) -> answerAgent(request, decision);
            case OversightEffect.Reply(var ref, var answer) -> {
                CompletableFuture<OversightEffect.Answer> asking = waiting.remove(ref);
                if (asking != null) {
                    asking.complete(answer);
                }
            }
            case OversightEffect.Again(var request) -> deadlines.start(request.id(), OversightStep.AGAIN_MS);
            case OversightEffect.Hold(var held) -> host.on(new CallEvent.AgentHeld(held));
            case OversightEffect.Said(var turn) -> host.on(new CallEvent.Said(asKept(turn)));
            case OversightEffect.Done(var action, var request) ->
                record(
                        "signoff.executed",
                        body(
                                "action",
                                RequestDocuments.action(action),
                                "signoff",
                                request == null ? null : request.id()));
            case OversightEffect.Violation violation -> violated(violation);
            case OversightEffect.HandOff(var reason, var detail) -> host.on(new CallEvent.PeopleAsked(reason, detail));
            case OversightEffect.Complain(var code, var message) -> host.agent().complain(code, message);
        }
    }

    /** What the agent spoke has passed already; into a turn that it proposed somebody may have written. */
    private Turn asKept(Turn turn) {
        return turn.proposed() ? redaction.of(turn) : turn;
    }

    private void ask(Request request) {
        evidence.put(request.id(), RequestDocuments.evidence(host.context()));
        deadlines.start(
                request.id(),
                Math.max(0, request.deadline() - outside.wallMillis().getAsLong()));
        Map<String, Object> whole = document(request, evidence.get(request.id()));
        deciders.observer().asked(request.kind());
        deciders.board().put(request.kind(), request.id(), whole, request.deadline());
        deciders.archive().keep(request.kind(), whole);
        record(name(request.kind()) + ".requested", document(request));
        show(request);
    }

    private void write(Request request, Decision decision) {
        Map<String, Object> body = document(request);
        body.put("decision", RequestDocuments.decision(decision));
        outside.audit()
                .append(new Entry(
                        name(request.kind()) + ".decided", call, new Actor(decision.by(), decision.role()), body))
                .whenComplete((written, error) -> {
                    if (error != null) {
                        LOG.warnf(
                                "%s waits on, its decision is not in the trail: %s", request.id(), error.getMessage());
                    }
                    // Past the mailbox's bound too: whoever decided waits for it.
                    mailbox.thread().execute(() -> mailbox.guarded(() -> wrote(request.id(), error == null)));
                });
    }

    /** What the trail did not take of a call that is over by now waits for nobody. */
    private void wrote(String request, boolean done) {
        on(done ? new OversightEvent.Written(request) : new OversightEvent.NotWritten(request));
        if (closed && !done) {
            close();
        }
    }

    private void tell(Request request, Decision decision) {
        deadlines.stop(request.id());
        answerAgent(request, decision);
        deciders.observer().decided(request.kind(), decision, decision.at() - request.askedAt());
        if (decision.role().equals(Decision.GATEWAY) && !isByDeadline(decision)) {
            record(name(request.kind()) + ".decided", document(request));
        }
        deciders.archive().keep(request.kind(), document(request, evidence.remove(request.id())));
        if (!decision.isByPolicy()) {
            deciders.board().remove(request.kind(), request.id());
            show(request);
        }
    }

    /** Such a one was in the trail before it held, as a person's is. */
    private static boolean isByDeadline(Decision decision) {
        return decision.by().equals(Decision.DEADLINE) && decision.outcome().grants();
    }

    private void answerAgent(Request request, Decision decision) {
        switch (request.subject()) {
            case Subject.OfAction(var action, var boundary) -> answer(request, action, decision);
            case Subject.OfTurn(var turn) ->
                host.agent()
                        .turnDecided(
                                turn.id(),
                                decision.outcome() == Decision.Outcome.EXPIRED
                                        ? Decision.Outcome.REJECTED.wire()
                                        : decision.outcome().wire(),
                                decision.text(),
                                decision.note());
        }
    }

    private void answer(Request request, Action action, Decision decision) {
        boolean grants = decision.outcome().grants();
        host.agent()
                .actionDecided(new AgentLink.ActionAnswer(
                        action.id(),
                        decision.outcome().wire(),
                        decision.by(),
                        decision.note(),
                        grants ? Request.asDecided(action, decision).payload() : null,
                        decision.amount(),
                        decision.currency(),
                        grants
                                ? deciders.tokens()
                                        .issue(Claims.of(call, request.id(), action, decision, deciders.tokenSeconds()))
                                : null));
    }

    private void violated(OversightEffect.Violation violation) {
        LOG.warnf("%s: agent %s went past people: %s", call, agent.id(), oneLine(redaction.text(violation.detail())));
        deciders.observer().violated(violation.kind());
        Map<String, Object> body =
                body("call", call, "agent", agent.id(), "kind", name(violation.kind()), "subject", violation.subject());
        body.put("detail", redaction.text(violation.detail()));
        record(name(violation.kind()) + ".violated", body);
        outside.events().publish("violation", body);
        outside.webhooks().post("violation", body);
    }

    /** What an agent wrote, fit for a log. */
    static String oneLine(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    private void show(Request request) {
        Map<String, Object> shown = document(request);
        outside.events().publish(name(request.kind()), body("call", call, name(request.kind()), shown));
        outside.webhooks().post(name(request.kind()), shown);
    }

    private void record(String kind, Map<String, Object> body) {
        outside.audit().record(new Entry(kind, call, Actor.agent(agent.id()), body));
    }

    private static Map<String, Object> body(@Nullable Object... pairs) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] instanceof Object value) {
                body.put(String.valueOf(pairs[i]), value);
            }
        }
        return body;
    }

    private static String name(Request.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
