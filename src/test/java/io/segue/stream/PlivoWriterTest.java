package io.segue.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlivoWriterTest {
    private static final String CALL = "00112233-4455-6677-8899-aabbccddeeff";
    private static final String STREAM = "ffffffff-ffff-ffff-ffff-ffffffffffff";
    private static final String HEADERS = ",\"extra_headers\":\"from_number=+15550100;X-Odd=a%3Bb%3Dc%25 \\\"é\\\"\"}";

    private static StreamWriter writer() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from_number", "+15550100");
        parameters.put("X-Odd", "a;b=c% \"é\"");
        return StreamWriter.plivo("MA1", "00112233445566778899aabbccddeeff", "f".repeat(32), parameters);
    }

    @Test
    void opensWithStartAloneAndEncodesWhatSeparatesHeaders() {
        List<byte[]> opening = writer().opening();
        assertEquals(1, opening.size());
        assertEquals(
                "{\"event\":\"start\",\"sequenceNumber\":1,\"start\":{\"callId\":\"" + CALL + "\",\"streamId\":\""
                        + STREAM + "\",\"accountId\":\"MA1\",\"tracks\":[\"inbound\"],"
                        + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000}}" + HEADERS,
                new String(opening.getFirst(), UTF_8));
    }

    @Test
    void countsSequenceAndChunkAsNumbersAndTheTimestampAsAString() {
        StreamWriter writer = writer();
        writer.opening();
        byte[] ulaw = new byte[160];
        ulaw[159] = 1;
        writer.media(ulaw, 0, 20);
        int length = writer.media(ulaw, 0, 40);
        assertEquals(
                "{\"event\":\"media\",\"sequenceNumber\":3,\"streamId\":\"" + STREAM
                        + "\",\"media\":{\"track\":\"inbound\",\"timestamp\":\"40\",\"chunk\":2,\"payload\":\""
                        + Base64.getEncoder().encodeToString(ulaw) + "\"}" + HEADERS,
                new String(writer.mediaBuffer(), 0, length, UTF_8));
    }

    @Test
    void writesDigitPlayedStreamClearedAudioAndStop() {
        StreamWriter writer = writer();
        writer.opening();
        assertEquals(
                "{\"event\":\"dtmf\",\"sequenceNumber\":2,\"streamId\":\"" + STREAM
                        + "\",\"dtmf\":{\"track\":\"inbound\",\"digit\":\"5\",\"timestamp\":\"4210\"}" + HEADERS,
                new String(writer.digit('5', 4210), UTF_8));
        assertEquals(
                "{\"event\":\"playedStream\",\"sequenceNumber\":3,\"streamId\":\"" + STREAM
                        + "\",\"name\":\"greeting\"}",
                new String(writer.markPlayed("greeting"), UTF_8));
        assertEquals(
                "{\"event\":\"clearedAudio\",\"sequenceNumber\":4,\"streamId\":\"" + STREAM + "\"}",
                new String(writer.cleared().orElseThrow(), UTF_8));
        assertEquals(
                "{\"event\":\"stop\",\"sequenceNumber\":5,\"streamId\":\"" + STREAM + "\",\"stop\":{\"callId\":\""
                        + CALL + "\",\"streamId\":\"" + STREAM + "\"}" + HEADERS,
                new String(writer.stop(), UTF_8));
    }
}
