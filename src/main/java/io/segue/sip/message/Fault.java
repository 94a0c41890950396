package io.segue.sip.message;

/** What is wrong with a message and the status that a request with it is answered with. It carries no stack: a stranger can cause it. */
final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    Fault(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    static Fault badRequest(String why) {
        return new Fault(400, why);
    }

    int status() {
        return status;
    }

    String why() {
        String message = getMessage();
        return message == null ? Reasons.of(status) : message;
    }
}
