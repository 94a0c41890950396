package io.segue.flow.agent;

import io.segue.agent.Dialect;
import io.segue.flow.media.Playout;
import io.segue.flow.thread.CallThread;
import java.net.URI;
import java.util.Map;

/** Opens the WebSocket to an agent. Called on the call's thread; everything that follows happens on it. */
public interface AgentLinks {
    /**
     * Starts connecting and returns at once.
     *
     * @param playout takes what the agent wants the caller to hear
     */
    AgentLink open(Target target, StreamStart start, CallThread thread, Playout playout, AgentListener listener);

    /**
     * Which agent, and how to reach it.
     *
     * @param url ws or wss; redirects are not followed
     * @param events whether our own events are sent from the start; else after the bot has sent one of ours
     * @param allowInsecure whether {@code ws} may go to another host than this one; otherwise it is refused
     */
    record Target(String agentId, URI url, Dialect dialect, Auth auth, boolean events, boolean allowInsecure) {}

    /** How the handshake is authenticated. No {@code toString} shows a secret. */
    sealed interface Auth {
        record None() implements Auth {}

        /** {@code Authorization: Bearer <secret>}. */
        record Bearer(String secret) implements Auth {
            @Override
            public String toString() {
                return "Bearer";
            }
        }

        /** {@code X-Twilio-Signature}, as Twilio signs it. */
        record Twilio(String secret) implements Auth {
            @Override
            public String toString() {
                return "Twilio";
            }
        }

        /** {@code X-Plivo-Signature-V3} and its nonce, as Plivo signs it. */
        record Plivo(String secret) implements Auth {
            @Override
            public String toString() {
                return "Plivo";
            }
        }
    }

    /**
     * What the agent is told first.
     *
     * @param callId 32 hex digits
     * @param parameters {@code customParameters}, or {@code extra_headers} in the other dialect, in this order
     * @param resumed whether the agent knows the caller already: it greets nobody, and may wait to be spoken to
     */
    record StreamStart(String callId, Map<String, String> parameters, boolean resumed) {
        /** To an agent that does not know the caller yet. */
        public StreamStart(String callId, Map<String, String> parameters) {
            this(callId, parameters, false);
        }
    }
}
