package io.segue.flow.media;

/** Told what happens on a media leg, on the call's thread. */
@FunctionalInterface
public interface LegListener {
    void on(LegEvent event);
}
