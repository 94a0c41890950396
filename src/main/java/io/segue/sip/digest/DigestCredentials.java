package io.segue.sip.digest;

/** What we prove ourselves with, and in which realm: a challenge of any other realm stays unanswered. */
public record DigestCredentials(String username, String realm, Ha1 ha1) {
    @Override
    public String toString() {
        return "DigestCredentials[" + username + " in " + realm + "]";
    }
}
