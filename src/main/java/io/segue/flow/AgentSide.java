package io.segue.flow;

import io.segue.agent.Agent;
import io.segue.call.CallEffect;
import io.segue.call.CallEvent;
import io.segue.call.CallId;
import io.segue.flow.agent.AgentEvent;
import io.segue.flow.agent.AgentLink;
import io.segue.flow.agent.AgentLinks;
import io.segue.flow.agent.AgentListener;
import io.segue.flow.contact.Redaction;
import io.segue.flow.leg.Caller;
import io.segue.flow.media.MediaLeg;
import io.segue.flow.oversight.OversightSide;
import io.segue.flow.record.TextDocuments;
import io.segue.flow.thread.CallThread;
import io.segue.handoff.HandoffState;
import io.segue.handoff.Reason;
import io.segue.turn.Speaker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agent's side of a call: at most one live socket. Used on the call's thread. */
final class AgentSide implements OversightSide.Asker {
    private final CallId id;
    private final Agent agent;
    private final Caller caller;
    private final MediaLeg media;
    private final Consumer<String> digits;
    private final AgentLinks links;
    private final CallThread thread;
    private final Redaction redaction;
    private final Consumer<CallEvent> listener;
    private final Consumer<AgentEvent> people;
    private @Nullable AgentLink link;
    private long streamMs;

    /**
     * @param digits takes the digits that the agent wants the caller to be sent
     * @param people hears what the agent says, does and asks leave for
     */
    AgentSide(
            CallId id,
            Agent agent,
            Caller caller,
            MediaLeg media,
            Consumer<String> digits,
            AgentLinks links,
            CallThread thread,
            Redaction redaction,
            Consumer<CallEvent> listener,
            Consumer<AgentEvent> people) {
        this.id = id;
        this.agent = agent;
        this.caller = caller;
        this.media = media;
        this.digits = digits;
        this.links = links;
        this.thread = thread;
        this.redaction = redaction;
        this.listener = listener;
        this.people = people;
    }

    void connect(boolean resumed) {
        stop("replaced");
        Listening listening = new Listening();
        AgentLink opened = links.open(
                new AgentLinks.Target(
                        agent.id(),
                        agent.url(),
                        agent.dialect(),
                        auth(agent.auth()),
                        agent.events(),
                        agent.allowInsecure()),
                new AgentLinks.StreamStart(id.hex(), parameters(resumed), resumed),
                thread,
                media.playout(),
                listening);
        listening.link = opened;
        link = opened;
        media.tap((buffer, offset, timestampMs) -> {
            streamMs = timestampMs;
            opened.caller(buffer, offset, timestampMs);
        });
    }

    private static AgentLinks.Auth auth(Agent.Auth auth) {
        String secret = auth.secret();
        if (secret == null) {
            return new AgentLinks.Auth.None();
        }
        return switch (auth.type()) {
            case NONE -> new AgentLinks.Auth.None();
            case BEARER -> new AgentLinks.Auth.Bearer(secret);
            case TWILIO -> new AgentLinks.Auth.Twilio(secret);
            case PLIVO -> new AgentLinks.Auth.Plivo(secret);
        };
    }

    private Map<String, String> parameters(boolean resumed) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from_number", caller.from());
        parameters.put("to_number", caller.to());
        parameters.put("CallSid", "CA" + id.hex());
        parameters.putAll(caller.extensions());
        parameters.put("segue", "1");
        if (resumed) {
            parameters.put("resumed", "1");
        }
        return parameters;
    }

    void digit(char digit) {
        if (link != null) {
            link.digit(digit, streamMs);
        }
    }

    void markPlayed(String name) {
        if (link != null) {
            link.markPlayed(name);
        }
    }

    void handoff(String handoff, HandoffState state, Reason reason) {
        if (link != null) {
            link.handoff(handoff, state.wire(), reason.wire());
        }
    }

    void returned(CallEffect.TellReturned returned, CallDocuments.Wall wall) {
        if (link != null) {
            link.returned(new AgentLink.Returned(
                    returned.said().stream().map(TextDocuments::turn).toList(),
                    returned.note(),
                    returned.human(),
                    wall.at(returned.from()).longValue(),
                    wall.at(returned.to()).longValue()));
        }
    }

    @Override
    public void turnDecided(String id, String decision, @Nullable String text, @Nullable String note) {
        if (link != null) {
            link.turnDecided(id, decision, text, note);
        }
    }

    @Override
    public void actionDecided(AgentLink.ActionAnswer answer) {
        if (link != null) {
            link.actionDecided(answer);
        }
    }

    @Override
    public void complain(String code, String message) {
        if (link != null) {
            link.complain(code, message);
        }
    }

    void stop(String why) {
        AgentLink open = link;
        link = null;
        if (open != null) {
            media.untap();
            open.close(why);
        }
    }

    /** Hears one socket; what an earlier one still says does not count. */
    private final class Listening implements AgentListener {
        private @Nullable AgentLink link;
        private boolean gone;

        @Override
        public void on(AgentEvent event) {
            if (gone || link != null && link != AgentSide.this.link) {
                return;
            }
            AgentEvent heard = redaction.of(event);
            switch (heard) {
                case AgentEvent.Opened opened -> listener.accept(new CallEvent.AgentUp());
                case AgentEvent.Gone(var cause, var detail) -> {
                    gone = true;
                    AgentSide.this.link = null;
                    media.untap();
                    listener.accept(new CallEvent.AgentDown(reason(cause), detail));
                }
                case AgentEvent.Said(var turn) -> {
                    if (turn.speaker() == Speaker.AGENT) {
                        people.accept(heard);
                    } else {
                        listener.accept(new CallEvent.Said(turn));
                    }
                }
                case AgentEvent.HandoffAsked(
                        var reason,
                        var queue,
                        var skills,
                        var priority,
                        var summary,
                        var context) ->
                    listener.accept(new CallEvent.AgentAsked(reason, queue, skills, priority, summary, context));
                case AgentEvent.DigitsAsked(var wanted) -> digits.accept(wanted);
                case AgentEvent.ActionAsked _, AgentEvent.ActionDone _ -> people.accept(heard);
                case AgentEvent.FirstAudio _, AgentEvent.Cleared _ -> {}
            }
        }
    }

    private static Reason reason(AgentEvent.Cause cause) {
        return switch (cause) {
            case REFUSED -> Reason.AGENT_REFUSED;
            case LATE -> Reason.AGENT_LATE;
            case CLOSED -> Reason.AGENT_CLOSED;
            case SILENT -> Reason.AGENT_SILENT;
            case SLOW -> Reason.AGENT_SLOW;
            case MISBEHAVED -> Reason.AGENT_MISBEHAVED;
        };
    }
}
