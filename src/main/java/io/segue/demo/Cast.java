package io.segue.demo;

import io.segue.demo.ear.Voice;

/** Who speaks in a run, and how much of what they hear is kept. */
public record Cast(Voice caller, Voice agent, Voice human, int tapeSeconds) {
    /** The recorded dispute about a refund. */
    public static Cast recorded(int tapeSeconds) {
        return new Cast(Voice.recorded("caller"), Voice.recorded("agent"), Voice.recorded("human"), tapeSeconds);
    }

    /** Pilot tones alone, for many calls at once. */
    public static Cast tones(int tapeSeconds) {
        return new Cast(Voice.callerTone(), Voice.agentTone(), Voice.humanTone(), tapeSeconds);
    }
}
