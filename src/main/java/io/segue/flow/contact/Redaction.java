package io.segue.flow.contact;

import io.segue.call.CallEvent;
import io.segue.contact.Redactor;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.leg.Caller;
import io.segue.turn.Turn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a call is told, without what must not be kept: whatever an agent or an operator says passes here before it is part of the call, so that nothing behind
 * this has ever seen it. What the agent asks leave for passes as it is, since what is done has to be what was decided. Used on the call's thread.
 */
public final class Redaction {
    /** The latest digits that are known again in text. */
    static final int PRESSED_MAX = 64;

    private static final Set<String> WORDS = Set.of("summary", "note", "text");

    private final Redactor redactor;
    private final StringBuilder pressed = new StringBuilder();

    public Redaction(Redactor redactor) {
        this.redactor = redactor;
    }

    public AgentEvent of(AgentEvent event) {
        String digits = pressed.toString();
        return switch (event) {
            case AgentEvent.Said(var turn) -> new AgentEvent.Said(of(turn));
            case AgentEvent.HandoffAsked asked ->
                new AgentEvent.HandoffAsked(
                        redactor.orNull(asked.reason(), digits),
                        asked.queue(),
                        asked.skills(),
                        asked.priority(),
                        redactor.orNull(asked.summary(), digits),
                        redactor.tree(asked.context(), digits));
            case AgentEvent.Gone(var cause, var detail) -> new AgentEvent.Gone(cause, redactor.text(detail, digits));
            case AgentEvent.ActionAsked _,
                    AgentEvent.ActionDone _,
                    AgentEvent.Opened _,
                    AgentEvent.FirstAudio _,
                    AgentEvent.DigitsAsked _,
                    AgentEvent.Cleared _ -> event;
        };
    }

    /** What operators say. What is said on the call has passed by {@link #of(AgentEvent)} or {@link #of(Turn)} already. */
    public CallEvent of(CallEvent event) {
        String digits = pressed.toString();
        if (event instanceof CallEvent.Digit(var digit)) {
            pressed(digit);
        }
        return switch (event) {
            case CallEvent.PeopleAsked(var reason, var detail) ->
                new CallEvent.PeopleAsked(reason, redactor.text(detail, digits));
            case CallEvent.TurnAdded(var turn) -> new CallEvent.TurnAdded(of(turn));
            case CallEvent.OperatorAsked asked ->
                new CallEvent.OperatorAsked(
                        asked.queue(), asked.sip(), asked.skills(), redactor.orNull(asked.note(), digits));
            case CallEvent.GiveBack back -> new CallEvent.GiveBack(redactor.orNull(back.note(), digits));
            default -> event;
        };
    }

    /** A caller as records and people are shown it; agents and the numbers themselves get it as it is. */
    public Caller of(Caller caller) {
        Map<String, String> extensions = new LinkedHashMap<>();
        caller.extensions().forEach((name, value) -> extensions.put(name, redactor.text(value)));
        return new Caller(
                caller.from(),
                caller.to(),
                caller.trunk(),
                caller.sipCallId(),
                extensions,
                redactor.orNull(caller.userToUser(), ""),
                caller.contact());
    }

    /** A question to people as it is shown and kept. What it is about stays as it is in memory: that is what is decided, and what the agent is told. */
    public Map<String, Object> ofRequest(Map<String, Object> request) {
        Map<String, Object> shown = new LinkedHashMap<>(request);
        shown.computeIfPresent("action", (name, action) -> ofWords(action));
        shown.computeIfPresent("decision", (name, decision) -> ofWords(decision));
        return shown;
    }

    private Object ofWords(Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (value instanceof Map<?, ?> payload) {
                Map<String, Object> copy = new LinkedHashMap<>();
                payload.forEach((key, item) -> {
                    if (item != null) {
                        copy.put(String.valueOf(key), item);
                    }
                });
                shown.put(String.valueOf(name), redactor.tree(copy, pressed.toString()));
            } else if (value instanceof String words && WORDS.contains(name)) {
                shown.put(String.valueOf(name), text(words));
            } else if (value != null) {
                shown.put(String.valueOf(name), value);
            }
        });
        return shown;
    }

    public String text(String words) {
        return redactor.text(words, pressed.toString());
    }

    public Turn of(Turn turn) {
        return redactor.turn(turn, pressed.toString());
    }

    private void pressed(char digit) {
        pressed.append(digit);
        if (pressed.length() > PRESSED_MAX) {
            pressed.deleteCharAt(0);
        }
    }
}
