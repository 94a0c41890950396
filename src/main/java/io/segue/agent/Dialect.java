package io.segue.agent;

/** The media-stream protocol that an agent speaks. */
public enum Dialect {
    /** Twilio Media Streams, bidirectional. */
    TWILIO,
    /** Plivo Audio Streaming, bidirectional. */
    PLIVO
}
