package io.segue.api.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.api.review.FeedbackLines.Format;
import io.segue.flow.review.Feedback.LabelledCall;
import io.segue.flow.review.Feedback.Said;
import io.segue.review.Label;
import io.segue.review.Mark;
import io.segue.review.Severity;
import io.segue.review.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedbackLinesTest {
    private static final LabelledCall CALL = new LabelledCall(
            "c1",
            "bot",
            List.of(
                    said("t0", "agent", "Hello", null),
                    said("t1", "caller", "My \"card\" 4111\n", label(Mark.REJECTED, null)),
                    said("t2", "agent", "It takes ten days.", label(Mark.EDITED, "It takes five days.")),
                    said("t3", "human", "Anna here.", null),
                    said("t4", "agent", "Bye", label(Mark.APPROVED, null)),
                    said("t5", "agent", "\u2028 é", label(Mark.REJECTED, null))));

    private static Said said(String id, String speaker, String text, @Nullable Label label) {
        return new Said(id, speaker, text, "refund", 0.7, label);
    }

    private static Label label(Mark mark, @Nullable String text) {
        return new Label(mark, text, "because 4111", Severity.LOW, "ann", "specialist", 0, 1, Slice.RANDOM);
    }

    private static String lines(Format format, @Nullable Mark only) {
        return lines(format, only, text -> text, 20, false);
    }

    private static String lines(
            Format format, @Nullable Mark only, UnaryOperator<String> redaction, int context, boolean metadata) {
        return new String(
                new FeedbackLines(format, only, redaction, context, metadata).of(List.of(CALL)),
                StandardCharsets.UTF_8);
    }

    @Test
    void sftLearnsFromApprovedTurnsAndFromTheBetterTextOfEditedOnes() {
        assertEquals("""
                {"messages":[{"role":"assistant","content":"Hello","weight":0},{"role":"user","content":"My \\"card\\" 4111\\n"},\
                {"role":"assistant","content":"It takes five days."}]}
                {"messages":[{"role":"assistant","content":"Hello","weight":0},{"role":"user","content":"My \\"card\\" 4111\\n"},\
                {"role":"assistant","content":"It takes ten days.","weight":0},{"role":"assistant","content":"Anna here.","weight":0},\
                {"role":"assistant","content":"Bye"}]}""", lines(Format.SFT, null));
    }

    @Test
    void preferencesAreEditsBesideWhatTheyReplace() {
        assertEquals("""
                {"prompt":[{"role":"assistant","content":"Hello"},{"role":"user","content":"My \\"card\\" 4111\\n"}],\
                "chosen":[{"role":"assistant","content":"It takes five days."}],\
                "rejected":[{"role":"assistant","content":"It takes ten days."}]}""", lines(Format.PREFERENCE, null));
    }

    @Test
    void unpairedHasALineForEachGoodAndEachBadCompletion() throws Exception {
        List<String> lines = lines(Format.UNPAIRED, null).lines().toList();
        assertEquals(4, lines.size());
        ObjectMapper mapper = new ObjectMapper();
        assertEquals("It takes ten days.|false", brief(mapper.readTree(lines.get(0))));
        assertEquals("It takes five days.|true", brief(mapper.readTree(lines.get(1))));
        assertEquals("Bye|true", brief(mapper.readTree(lines.get(2))));
        assertEquals("\u2028 é|false", brief(mapper.readTree(lines.get(3))));
    }

    private static String brief(JsonNode line) {
        return line.at("/completion/0/content").asText() + "|"
                + line.get("label").asBoolean();
    }

    @Test
    void takesOneKindOfLabelAlone() {
        assertEquals(1, lines(Format.SFT, Mark.APPROVED).lines().count());
        assertEquals(1, lines(Format.UNPAIRED, Mark.REJECTED).lines().count());
        assertEquals(0, lines(Format.PREFERENCE, Mark.APPROVED).length());
    }

    @Test
    void redactsEveryText() {
        String all = lines(
                Format.UNPAIRED, null, text -> text.replace("4111", "****").replace("five", "***"), 20, true);
        assertTrue(!all.contains("4111") && !all.contains("five") && all.contains("****"));
    }

    @Test
    void hasAsManyTurnsOfContextAsTheLimitAndNoneWhereThatIsNone() {
        assertEquals(
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"Anna here.\",\"weight\":0},"
                        + "{\"role\":\"assistant\",\"content\":\"Bye\"}]}",
                lines(Format.SFT, Mark.APPROVED, text -> text, 1, false));
        assertEquals(
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"Bye\"}]}",
                lines(Format.SFT, Mark.APPROVED, text -> text, 0, false));
    }

    @Test
    void saysWhichTurnItIsOfWhenAsked() throws Exception {
        JsonNode line = new ObjectMapper()
                .readTree(lines(Format.SFT, Mark.APPROVED, text -> text, 20, true))
                .get("metadata");
        assertEquals(
                "{\"call\":\"c1\",\"turn\":\"t4\",\"agent\":\"bot\",\"intent\":\"refund\",\"confidence\":0.7,\"label\":\"approved\","
                        + "\"reason\":\"because 4111\",\"severity\":\"low\",\"reviewer\":\"ann\",\"role\":\"specialist\",\"slice\":\"random\"}",
                line.toString());
    }
}
