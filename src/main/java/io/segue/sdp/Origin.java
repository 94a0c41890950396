package io.segue.sdp;

/**
 * Who made a description and which version of it this is, RFC 8866 5.2.
 *
 * @param sessionId a number by the grammar, kept as it came
 * @param version goes up with every change; kept as it came
 */
public record Origin(String username, String sessionId, String version, Connection address) {

    public Origin {
        Lines.checkWord(username);
        Lines.checkWord(sessionId);
        Lines.checkWord(version);
    }

    Origin withVersion(long changed) {
        return new Origin(username, sessionId, Long.toString(changed), address);
    }

    @Override
    public String toString() {
        return username + " " + sessionId + " " + version + " " + address;
    }
}
