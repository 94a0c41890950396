package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.segue.stream.AudioPayload;
import io.segue.stream.BotFrame;
import io.segue.stream.BotFrames;
import io.segue.stream.Limits;
import io.segue.stream.MediaScan;
import java.util.Arrays;
import java.util.Map;

/** Holds the scan for audio frames against the JSON parser: what the scan takes, the parser takes for the same audio. */
final class ShortWay {
    private final JsonTrees json = new JsonTrees(1 << 20);
    private final BotFrames frames = new BotFrames(Limits.defaults(), json::read);
    private final MediaScan scan = new MediaScan();

    /** Whether the scan took it. */
    boolean takes(byte[] frame) {
        byte[] audio = new byte[0];
        int bytes = -1;
        if (scan.find(frame, 0, frame.length)) {
            audio = new byte[AudioPayload.bytesMax(scan.payloadLength())];
            bytes = AudioPayload.decode(frame, scan.payloadOffset(), scan.payloadLength(), audio);
        }
        Map<String, Object> tree = json.read(frame, 0, frame.length);
        BotFrame read = tree == null ? null : frames.read(tree);
        if (bytes >= 0) {
            assertNotNull(read, "the parser finds no JSON object");
            assertArrayEquals(
                    Arrays.copyOf(audio, bytes),
                    assertInstanceOf(BotFrame.Audio.class, read).ulaw());
        }
        return bytes >= 0;
    }
}
