package io.segue.flow;

/** Takes out of a text what nobody is to keep. */
@FunctionalInterface
public interface Redaction {
    String of(String text);
}
