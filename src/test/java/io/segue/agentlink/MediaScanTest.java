package io.segue.agentlink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaScanTest {
    private final ShortWay shortWay = new ShortWay();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID\"}}",
                "{\"event\": \"media\", \"streamSid\": \"MZ1\", \"media\": {\"payload\": \"AQID\"}}",
                " {\n\"media\" : {\"payload\":\"AQ==\", \"track\":\"outbound\",\"n\":-12},\"event\":\"media\"}\r\n",
                "{\"event\":\"playAudio\",\"media\":{\"contentType\":\"audio/x-mulaw\",\"sampleRate\":8000,\"payload\":\"AQID\"},\"streamId\":\"s\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"\"}}"
            })
    void takesAudioOfTheUsualShapes(String frame) {
        assertTrue(shortWay.takes(frame.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"mark\",\"mark\":{\"name\":\"m\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQ\\u0049D\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\"},\"event\":\"mark\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\"},\"media\":{\"payload\":\"AAAA\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\",\"payload\":\"AAAA\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\",\"contentType\":\"audio/x-l16\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\",\"sampleRate\":16000}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\"}} x",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\",}}",
                "{\"event\":\"media\",\"n\":01,\"media\":{\"payload\":\"AQID\"}}",
                "{\"event\":\"media\",\"n\":-,\"media\":{\"payload\":\"AQID\"}}",
                "{\"event\":\"media\",\"streamSid\":\"é\",\"media\":{\"payload\":\"AQID\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"A\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AQID",
                "{\"event\":\"media\",\"payload\":\"AQID\"}",
                "{\"media\":{\"event\":\"media\",\"payload\":\"AQID\"}}",
                "{\"event\":\"media\",\"media\":{}}",
                "{}",
                "",
                "[]"
            })
    void leavesEverythingElseToTheParser(String frame) {
        assertFalse(shortWay.takes(frame.getBytes(UTF_8)));
    }

    @Test
    void takesNothingThatTheParserTakesForSomethingElse() {
        Random random = new Random(20);
        int taken = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] frame = randomFrame(random).getBytes(UTF_8);
            for (int hits = random.nextInt(3); hits > 0; hits--) {
                frame[random.nextInt(frame.length)] = (byte) "{}[]\":,\\ 0-Aé".charAt(random.nextInt(13));
            }
            taken += shortWay.takes(frame) ? 1 : 0;
        }
        assertTrue(taken > 5_000, "only " + taken + " frames were taken at all");
    }

    @Test
    void findsPayloadsOfEveryLength() {
        for (int bytes = 0; bytes < 300; bytes++) {
            String payload = Base64.getEncoder().encodeToString(new byte[bytes]);
            assertTrue(shortWay.takes(
                    ("{\"event\":\"media\",\"media\":{\"payload\":\"" + payload + "\"}}").getBytes(UTF_8)));
        }
    }

    private static String randomFrame(Random random) {
        byte[] ulaw = new byte[random.nextInt(40)];
        random.nextBytes(ulaw);
        List<String> media =
                new ArrayList<>(List.of("\"payload\":\"" + Base64.getEncoder().encodeToString(ulaw) + "\""));
        String[] extras = {
            "\"contentType\":\"audio/x-mulaw\"",
            "\"sampleRate\":8000",
            "\"track\":\"x\"",
            "\"n\":-7",
            "\"payload\":\"\""
        };
        for (String extra : extras) {
            if (random.nextInt(4) == 0) {
                media.add(extra);
            }
        }
        Collections.shuffle(media, random);
        List<String> members = new ArrayList<>(List.of(
                random.nextBoolean() ? "\"event\":\"media\"" : "\"event\":\"playAudio\"",
                "\"media\":{" + String.join(",", media) + "}"));
        String[] others = {"\"streamSid\":\"MZ\"", "\"n\":0", "\"x\":null", "\"y\":\"\\\"\"", "\"label\":\"a\""};
        for (String other : others) {
            if (random.nextInt(4) == 0) {
                members.add(other);
            }
        }
        Collections.shuffle(members, random);
        return "{" + String.join(random.nextBoolean() ? "," : " , ", members) + "}";
    }
}
