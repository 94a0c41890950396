package io.segue.demo;

/** The demo could not be carried through; the message is a sentence for whoever asked for it. */
public final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DemoFailed(String message) {
        super(message);
    }
}
