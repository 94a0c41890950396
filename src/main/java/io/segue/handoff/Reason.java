package io.segue.handoff;

import java.util.Locale;

/** Why a handoff began, or how it ended. One closed list for the API, the metrics, the trail and the agent. */
public enum Reason {
    // Why it began.
    LOW_CONFIDENCE,
    NEGATIVE_SENTIMENT,
    PHRASE,
    DTMF,
    CALLER_SILENCE,
    AGENT_SILENCE,
    CALLER_REQUEST,
    AGENT_REQUEST,
    OPERATOR_REQUEST,
    AGENT_REFUSED,
    AGENT_LATE,
    AGENT_CLOSED,
    AGENT_SILENT,
    AGENT_SLOW,
    AGENT_MISBEHAVED,
    POLICY_RULE,
    /** Nobody answered in time whether the agent may say what it proposed. */
    APPROVAL_EXPIRED,
    /** The agent spoke without the approval it needs. */
    APPROVAL_VIOLATED,
    /** The agent acted without the sign-off it needs. */
    SIGNOFF_VIOLATED,
    // How it ended.
    CONNECTED,
    NO_HUMAN,
    HUMAN_BUSY,
    HUMAN_DECLINED,
    HUMAN_NO_ANSWER,
    HUMAN_UNREACHABLE,
    HUMAN_NO_SDP,
    HUMAN_NO_MEDIA,
    HUMAN_HUNG_UP,
    NO_PORT,
    LET_GO,
    CALLER_HUNG_UP,
    /** An operator ended the call. */
    OPERATOR_HUNG_UP,
    /** The call had lasted as long as calls may. */
    TIME_LIMIT,
    /** The gateway went away. */
    SHUTDOWN,
    RETURNED;

    /** As it stands on every wire: {@code low_confidence}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
