package io.segue.sip.message;

/** What the grammar of RFC 3261 25 does not allow. It never leaves this package, and carries no stack: a stranger can cause it. */
final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message, null, false, false);
    }

    /** What is wrong, in a few words. */
    String why() {
        String message = getMessage();
        return message == null ? "malformed" : message;
    }
}
