package io.segue.flow.agent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One socket to an agent. Called on the call's thread. After {@link #close} it does nothing. */
public interface AgentLink {
    /**
     * Sends 20 ms of the caller: 160 bytes of mu-law. Frames before the socket is open are dropped: the bot hears the call live.
     *
     * @param timestampMs from any origin, the same for digits; the bot is told 20 at the first frame it gets, and counts from there
     */
    void caller(byte[] ulaw, int offset, long timestampMs);

    /** Tells the agent that the caller pressed a digit. */
    void digit(char digit, long timestampMs);

    /** Tells the agent that its mark or checkpoint has been played. */
    void markPlayed(String name);

    /** Tells the agent how its call's handoff stands; like all that follow here, only to agents that take our events. */
    void handoff(String id, String state, String reason);

    /** The human gave the caller back. */
    void returned(Returned returned);

    /**
     * What the agent has missed.
     *
     * @param transcript what was said meanwhile, as far as anyone transcribed it, each a JSON object
     * @param note the human's words for the agent
     * @param human who gave the caller back; none where a phone outside did
     * @param startedAt when the caller began to hear the human, Unix milliseconds
     * @param endedAt when the human gave the caller back, Unix milliseconds
     */
    record Returned(
            List<Map<String, Object>> transcript,
            @Nullable String note,
            @Nullable String human,
            long startedAt,
            long endedAt) {}

    /** Tells what was decided of a turn that the agent proposed ({@code approved, edited, rejected}); {@code text} where it was edited. */
    void turnDecided(String id, String decision, @Nullable String text, @Nullable String note);

    /** Tells what was decided of an action that the agent asked leave for. */
    void actionDecided(ActionAnswer answer);

    /** Tells the agent that what it sent cannot be taken. */
    void complain(String code, String message);

    /**
     * What was decided of an action.
     *
     * @param id the agent's id of it
     * @param decision {@code approved, edited, rejected, expired}
     * @param payload what may be done, where anything may
     * @param amount as it was edited
     * @param currency as it was edited
     * @param token what the back office takes for proof, where anything may be done
     */
    record ActionAnswer(
            String id,
            String decision,
            String by,
            @Nullable String note,
            @Nullable Map<String, Object> payload,
            @Nullable BigDecimal amount,
            @Nullable String currency,
            @Nullable String token) {}

    /** Ends the stream as its dialect does: {@code stop}, then the close. Frees everything at once. */
    void close(String reason);
}
