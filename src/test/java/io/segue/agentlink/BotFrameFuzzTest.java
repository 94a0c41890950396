package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.segue.stream.BotFrame;
import io.segue.stream.BotFrames;
import io.segue.stream.Limits;
import io.segue.stream.SegueEvents;
import java.util.Map;

/**
 * Whatever a bot sends is a frame or a complaint, within its limits; the short way for audio agrees with the parser; and a
 * complaint can be sent back as JSON.
 */
class BotFrameFuzzTest {
    private static final Limits LIMITS = Limits.defaults();
    private static final JsonTrees JSON = new JsonTrees(768 * 1024);
    private static final BotFrames FRAMES = new BotFrames(LIMITS, JSON::read);
    private static final ShortWay SHORT_WAY = new ShortWay();

    @FuzzTest(maxDuration = "2m")
    void readsAnyFrame(byte[] frame) {
        SHORT_WAY.takes(frame);
        Map<String, Object> tree = JSON.read(frame, 0, frame.length);
        if (tree != null) {
            check(FRAMES.read(tree));
        }
    }

    private static void check(BotFrame frame) {
        switch (frame) {
            case BotFrame.Audio audio -> assertTrue(audio.ulaw().length <= 768 * 1024);
            case BotFrame.Mark mark -> within(mark.name(), LIMITS.nameCharsMax());
            case BotFrame.Clear clear -> {}
            case BotFrame.Digits digits -> assertTrue(digits.digits().matches("[0-9*#A-D]{1,64}"));
            case BotFrame.Said said -> {
                within(said.text(), LIMITS.textCharsMax());
                assertTrue(said.confidence() == null || said.confidence() >= 0 && said.confidence() <= 1);
                assertTrue(said.sentiment() == null || said.sentiment() >= -1 && said.sentiment() <= 1);
                assertTrue(said.startMs() == null || said.startMs() >= 0);
                assertTrue(said.startMs() == null || said.endMs() == null || said.endMs() >= said.startMs());
                assertTrue(said.id() == null || said.id().length() <= 64);
            }
            case BotFrame.Handoff handoff -> assertTrue(handoff.priority() >= 0 && handoff.priority() <= 9);
            case BotFrame.Action action -> {
                within(action.id(), 64);
                within(action.type(), LIMITS.nameCharsMax());
                assertTrue(action.amount() == null || Double.isFinite(action.amount()) && action.amount() >= 0);
            }
            case BotFrame.Idle idle -> within(idle.name(), LIMITS.nameCharsMax());
            case BotFrame.Unknown unknown -> assertTrue(unknown.name().length() <= LIMITS.nameCharsMax() + 10);
            case BotFrame.Malformed malformed -> {
                assertFalse(malformed.message().isBlank());
                byte[] error = SegueEvents.error(malformed.code(), malformed.message());
                Map<String, Object> back = JSON.read(error, 0, error.length);
                assertNotNull(back);
                assertEquals("error", back.get("event"));
            }
        }
    }

    private static void within(String text, int charsMax) {
        assertTrue(!text.isEmpty() && text.length() <= charsMax);
    }
}
