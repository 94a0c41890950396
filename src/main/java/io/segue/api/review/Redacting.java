package io.segue.api.review;

/** Takes out of a text what is not to be passed on. */
@FunctionalInterface
public interface Redacting {
    String of(String text);
}
