package io.segue.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SegueEventsTest {
    @Test
    void writesHandoffTurnActionReturnedAndErrorWithoutASequenceNumber() {
        is(
                "{\"event\":\"handoff\",\"handoff\":{\"id\":\"c-1\",\"state\":\"ringing\",\"reason\":\"dtmf\"}}",
                SegueEvents.handoff("c-1", "ringing", "dtmf"));
        is(
                "{\"event\":\"turn\",\"turn\":{\"id\":\"t18\",\"decision\":\"edited\",\"text\":\"so\"}}",
                SegueEvents.turn("t18", "edited", "so", null));
        is(
                "{\"event\":\"turn\",\"turn\":{\"id\":\"t18\",\"decision\":\"approved\"}}",
                SegueEvents.turn("t18", "approved", null, null));
        is(
                "{\"event\":\"action\",\"action\":{\"id\":\"a9\",\"decision\":\"approved\",\"by\":\"eve\","
                        + "\"payload\":{\"n\":1.5},\"token\":\"t\"}}",
                SegueEvents.action("a9", "approved", "eve", null, Map.of("n", 1.5), null, null, "t"));
        is(
                "{\"event\":\"returned\",\"returned\":{\"transcript\":[{\"text\":\"a\"}],\"note\":\"n\","
                        + "\"human\":\"anna\",\"startedAt\":1790000000123,\"endedAt\":1790000001123}}",
                SegueEvents.returned(
                        List.of(Map.of("text", "a")), "n", "anna", 1_790_000_000_123L, 1_790_000_001_123L));
        is(
                "{\"event\":\"error\",\"error\":{\"code\":\"invalid_turn\",\"message\":\"\\\"x\\\"\"}}",
                SegueEvents.error("invalid_turn", "\"x\""));
    }

    @Test
    void writesEveryKindOfJsonValue() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("text", "\u0000\u001f\"\\\t\r\n\u2028é😀");
        all.put("whole", 7L);
        all.put("part", 0.25f);
        all.put("not", Double.NaN);
        all.put("nor", Float.POSITIVE_INFINITY);
        all.put("yes", true);
        all.put("none", null);
        all.put("list", List.of(1, List.of(), Map.of()));
        StringBuilder out = new StringBuilder();
        JsonText.value(out, all);
        assertEquals(
                "{\"text\":\"\\u0000\\u001f\\\"\\\\\\t\\r\\n\\u2028é😀\",\"whole\":7,\"part\":0.25,\"not\":null,"
                        + "\"nor\":null,\"yes\":true,\"none\":null,\"list\":[1,[],{}]}",
                out.toString());
    }

    private static void is(String expected, byte[] frame) {
        assertEquals(expected, new String(frame, UTF_8));
    }
}
