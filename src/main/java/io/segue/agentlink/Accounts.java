package io.segue.agentlink;

/**
 * The accounts that agents are told. They mean nothing to the gateway, but stay the same, since a bot may look them up.
 *
 * @param twilioSid {@code AC} and 32 hex digits
 * @param plivoId {@code MA} and up to 32 letters and digits
 */
public record Accounts(String twilioSid, String plivoId) {
    public Accounts {
        if (!twilioSid.matches("AC[0-9a-f]{32}")) {
            throw new IllegalArgumentException("a Twilio account is AC and 32 hex digits, not \"" + twilioSid + "\"");
        }
        if (!plivoId.matches("MA[0-9A-Za-z]{1,32}")) {
            throw new IllegalArgumentException("a Plivo account is MA and letters or digits, not \"" + plivoId + "\"");
        }
    }

    /** The word "segue" in hexadecimal, filled up with zeros. */
    public static Accounts defaults() {
        return new Accounts("AC73656775650000000000000000000000", "MA73656775650000000");
    }
}
