package io.segue.it;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a scene each: a queue, and an agent that hands off to it. Afterwards nothing is left of any call. */
abstract class AtTheScene {
    Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene();
        scene.queue("refunds").agent("refunds");
    }

    @AfterEach
    void close() {
        try (Scene ending = scene) {
            ending.nothingIsLeft(0);
        }
    }
}
