package io.segue.stream;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Twilio Media Streams: counters are strings, {@code connected} carries none. */
final class TwilioWriter extends StreamWriter {
    private final String accountSid;
    private final String callSid;
    private final String streamSid;
    private final Map<String, String> parameters;
    private final MediaTemplate media;

    TwilioWriter(String accountSid, String callSid, String streamSid, Map<String, String> parameters) {
        this.accountSid = accountSid;
        this.callSid = callSid;
        this.streamSid = streamSid;
        this.parameters = parameters;
        this.media = new MediaTemplate(
                "{\"event\":\"media\",\"sequenceNumber\":\"",
                "\",\"streamSid\":\"" + streamSid + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"",
                "\",\"timestamp\":\"",
                "\",\"payload\":\"",
                "\"}}");
    }

    @Override
    public List<byte[]> opening() {
        StringBuilder start = new StringBuilder(512)
                .append("{\"event\":\"start\",\"sequenceNumber\":\"")
                .append(nextSequence())
                .append("\",\"streamSid\":\"")
                .append(streamSid)
                .append("\",\"start\":{\"accountSid\":\"")
                .append(accountSid)
                .append("\",\"streamSid\":\"")
                .append(streamSid)
                .append("\",\"callSid\":\"")
                .append(callSid)
                .append("\",\"tracks\":[\"inbound\"],\"customParameters\":");
        JsonText.value(start, parameters);
        start.append(",\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1}}}");
        return List.of(utf8("{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}"), utf8(start));
    }

    @Override
    public int media(byte[] ulaw, int offset, long timestampMs) {
        return media.write(nextSequence(), nextChunk(), timestampMs, ulaw, offset);
    }

    @Override
    public byte[] mediaBuffer() {
        return media.buffer();
    }

    @Override
    public byte[] digit(char digit, long timestampMs) {
        return numbered("dtmf", ",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"" + digit + "\"}}");
    }

    @Override
    public byte[] markPlayed(String name) {
        return numbered("mark", ",\"mark\":{\"name\":" + JsonText.quoted(name) + "}}");
    }

    @Override
    public Optional<byte[]> cleared() {
        return Optional.empty();
    }

    @Override
    public byte[] stop() {
        return numbered("stop", ",\"stop\":{\"accountSid\":\"" + accountSid + "\",\"callSid\":\"" + callSid + "\"}}");
    }

    private byte[] numbered(String event, String rest) {
        return utf8("{\"event\":\"" + event + "\",\"sequenceNumber\":\"" + nextSequence() + "\",\"streamSid\":\""
                + streamSid + "\"" + rest);
    }
}
