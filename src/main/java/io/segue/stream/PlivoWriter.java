package io.segue.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plivo Audio Streaming: {@code sequenceNumber} and {@code chunk} are numbers, {@code timestamp} is a string. */
final class PlivoWriter extends StreamWriter {
    private final String accountId;
    private final String callId;
    private final String streamId;
    private final String extraHeaders;
    private final MediaTemplate media;

    PlivoWriter(String accountId, String callId, String streamId, Map<String, String> parameters) {
        this.accountId = accountId;
        this.callId = callId;
        this.streamId = streamId;
        this.extraHeaders = ",\"extra_headers\":"
                + JsonText.quoted(parameters.entrySet().stream()
                        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining(";")))
                + "}";
        this.media = new MediaTemplate(
                "{\"event\":\"media\",\"sequenceNumber\":",
                ",\"streamId\":\"" + streamId + "\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"",
                "\",\"chunk\":",
                ",\"payload\":\"",
                "\"}" + extraHeaders);
    }

    @Override
    public List<byte[]> opening() {
        return List.of(utf8("{\"event\":\"start\",\"sequenceNumber\":" + nextSequence() + ",\"start\":{\"callId\":\""
                + callId + "\",\"streamId\":\"" + streamId + "\",\"accountId\":\"" + accountId
                + "\",\"tracks\":[\"inbound\"],\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000}}"
                + extraHeaders));
    }

    @Override
    public int media(byte[] ulaw, int offset, long timestampMs) {
        return media.write(nextSequence(), timestampMs, nextChunk(), ulaw, offset);
    }

    @Override
    public byte[] mediaBuffer() {
        return media.buffer();
    }

    @Override
    public byte[] digit(char digit, long timestampMs) {
        return numbered(
                "dtmf",
                ",\"dtmf\":{\"track\":\"inbound\",\"digit\":\"" + digit + "\",\"timestamp\":\"" + timestampMs + "\"}"
                        + extraHeaders);
    }

    @Override
    public byte[] markPlayed(String name) {
        return numbered("playedStream", ",\"name\":" + JsonText.quoted(name) + "}");
    }

    @Override
    public Optional<byte[]> cleared() {
        return Optional.of(numbered("clearedAudio", "}"));
    }

    @Override
    public byte[] stop() {
        return numbered(
                "stop", ",\"stop\":{\"callId\":\"" + callId + "\",\"streamId\":\"" + streamId + "\"}" + extraHeaders);
    }

    private byte[] numbered(String event, String rest) {
        return utf8("{\"event\":\"" + event + "\",\"sequenceNumber\":" + nextSequence() + ",\"streamId\":\"" + streamId
                + "\"" + rest);
    }

    private static String encoded(String text) {
        return text.replace("%", "%25").replace(";", "%3B").replace("=", "%3D");
    }
}
