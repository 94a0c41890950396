package io.segue.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioWriterTest {
    private static final String ACCOUNT = "AC" + "a".repeat(32);
    private static final String CALL = "00112233445566778899aabbccddeeff";
    private static final String STREAM = "f".repeat(32);
    private final byte[] ulaw = new byte[200];

    private static StreamWriter writer(Map<String, String> parameters) {
        return StreamWriter.twilio(ACCOUNT, CALL, STREAM, parameters);
    }

    @Test
    void opensWithConnectedWithoutASequenceNumberAndStartWithNumberOne() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("from_number", "+15550100");
        parameters.put("to_number", "+15550199");
        parameters.put("CallSid", "CA" + CALL);
        parameters.put("X-Note", "say \"hi\"\n\\ é");
        parameters.put("segue", "1");
        List<byte[]> opening = writer(parameters).opening();
        assertEquals(2, opening.size());
        assertEquals(
                "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
                new String(opening.get(0), UTF_8));
        assertEquals(
                "{\"event\":\"start\",\"sequenceNumber\":\"1\",\"streamSid\":\"MZ" + STREAM
                        + "\",\"start\":{\"accountSid\":\"" + ACCOUNT + "\",\"streamSid\":\"MZ" + STREAM
                        + "\",\"callSid\":\"CA" + CALL + "\",\"tracks\":[\"inbound\"],\"customParameters\":{"
                        + "\"from_number\":\"+15550100\",\"to_number\":\"+15550199\",\"CallSid\":\"CA" + CALL
                        + "\",\"X-Note\":\"say \\\"hi\\\"\\n\\\\ é\",\"segue\":\"1\"},"
                        + "\"mediaFormat\":{\"encoding\":\"audio/x-mulaw\",\"sampleRate\":8000,\"channels\":1}}}",
                new String(opening.get(1), UTF_8));
    }

    @Test
    void countsSequenceChunkAndTimestampAsStrings() {
        StreamWriter writer = writer(Map.of());
        writer.opening();
        Arrays.fill(ulaw, 40, 200, (byte) 0x55);
        assertEquals(media("2", "1", "20"), written(writer, 40, 20));
        assertEquals(media("3", "2", "40"), written(writer, 40, 40));
        writer.digit('1', 41);
        assertEquals(media("5", "3", "123456789012"), written(writer, 40, 123_456_789_012L));
        assertEquals(media("6", "4", "0"), written(writer, 40, 0));
    }

    private String media(String sequence, String chunk, String timestamp) {
        return "{\"event\":\"media\",\"sequenceNumber\":\"" + sequence + "\",\"streamSid\":\"MZ" + STREAM
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\"" + chunk + "\",\"timestamp\":\"" + timestamp
                + "\",\"payload\":\"" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(ulaw, 40, 200))
                + "\"}}";
    }

    private String written(StreamWriter writer, int offset, long timestampMs) {
        int length = writer.media(ulaw, offset, timestampMs);
        return new String(writer.mediaBuffer(), 0, length, UTF_8);
    }

    @Test
    void writesDigitMarkAndStop() {
        StreamWriter writer = writer(Map.of());
        writer.opening();
        assertEquals(
                "{\"event\":\"dtmf\",\"sequenceNumber\":\"2\",\"streamSid\":\"MZ" + STREAM
                        + "\",\"dtmf\":{\"track\":\"inbound_track\",\"digit\":\"#\"}}",
                new String(writer.digit('#', 100), UTF_8));
        assertEquals(
                "{\"event\":\"mark\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ" + STREAM
                        + "\",\"mark\":{\"name\":\"m\\\"1\"}}",
                new String(writer.markPlayed("m\"1"), UTF_8));
        assertEquals(
                "{\"event\":\"stop\",\"sequenceNumber\":\"4\",\"streamSid\":\"MZ" + STREAM
                        + "\",\"stop\":{\"accountSid\":\"" + ACCOUNT + "\",\"callSid\":\"CA" + CALL + "\"}}",
                new String(writer.stop(), UTF_8));
    }

    @Test
    void tellsNothingOfAClear() {
        assertTrue(writer(Map.of()).cleared().isEmpty());
    }
}
