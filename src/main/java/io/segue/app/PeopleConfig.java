package io.segue.app;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** People deciding and judging, and what follows from it. Part of {@link SegueConfig}. */
public interface PeopleConfig {
    /** Labels of turns, and what follows from them. */
    interface Review {
        /** Share of all turns that is drawn by lot for review, whatever their confidence: 0 to 1. Figures of these hold for all turns. */
        @WithDefault("0.10")
        double randomShare();

        /** Share of the labelled turns that is offered to a second reviewer: 0 to 1. */
        @WithDefault("0.05")
        double secondShare();

        /** How long a turn is kept for the reviewer it was given to. */
        @WithDefault("10m")
        Duration lease();

        /** How old a call may be whose turns are offered for review. */
        @WithDefault("30d")
        Duration window();

        /** Labels that a proposal of a threshold needs, in the half of the calls that it is learnt from and in the half that it is checked on. */
        @WithDefault("50")
        int calibrationLabelsMin();

        /** Exports of feedback under way at once; past it 503. */
        @WithDefault("2")
        int exportsMax();

        /** Turns before the labelled one that an export has. */
        @WithDefault("20")
        int contextTurnsMax();
    }

    /** Figures of calls that have ended, and the alarms that follow from them. */
    interface Insight {
        /** Intents that count as edge cases however frequent they are, beside those that are rare. */
        Optional<List<String>> edgeIntents();

        /** How often one gateway of all compares the last seven days with the seven before. */
        @WithDefault("1h")
        Duration alarmEvery();

        /** Calls, labels or turns that each of the two weeks needs for its figure to be compared. */
        @WithDefault("50")
        int alarmSamplesMin();
    }

    /** People deciding. */
    interface Signoff {
        /** How long an action past a boundary waits for a person. */
        @WithDefault("120s")
        Duration deadline();

        /** How long a token is good, 120 s at most. */
        @WithDefault("120s")
        Duration tokenLifetime();

        /** Whom the tokens are for: what a back office expects in {@code aud}. */
        @WithDefault("back-office")
        String audience();
    }

    /** The keys of tokens. */
    interface Signing {
        /** {@code kid:key,…}, the key PKCS #8 on P-256, base64 or PEM; the first signs, all are published. None: one key that follows from segue.signing-key. */
        Optional<List<String>> keys();
    }
}
