package io.segue.demo.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.demo.DemoFailed;
import io.segue.demo.replay.Dialogue.Reading;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogueFileTest {
    static final Path SAMPLE = Path.of("src", "test", "resources", "replay", "dialogues.jsonl");
    private static final Path REAL = Path.of("..", "shared", "data", "dialogues", "sgd-dev.jsonl.gz");

    @TempDir
    Path directory;

    private static List<Dialogue> read(Path file, Half half, long limit) {
        List<Dialogue> found = new ArrayList<>();
        new DialogueFile(file, half, limit).each(found::add);
        return found;
    }

    private static List<Dialogue> read(Path file) {
        return read(file, Half.ALL, Long.MAX_VALUE);
    }

    @Test
    void readsWhatWasSaidReadAndDone() {
        Dialogue first = read(SAMPLE).getFirst();
        assertEquals("made-up-1", first.id());
        assertEquals(List.of("Banks_9"), first.services());
        Reading wrong = Objects.requireNonNull(first.turns().get(2).reading());
        assertEquals(new Reading("SendMoney", "AskBalance", 0.62), wrong);
        assertFalse(wrong.isRight());
        assertNull(first.turns().getLast().reading(), "a turn without confidence carries no intent");
        assertEquals(
                "SendMoney",
                Objects.requireNonNull(first.turns().get(3).action()).method());
    }

    @Test
    void readsTheSameGzipped() throws IOException {
        Path zipped = directory.resolve("no-matter-what-it-is-called");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(SAMPLE, out);
        }
        assertEquals(read(SAMPLE), read(zipped));
    }

    @Test
    void takesNoMoreThanTheLimit() {
        assertEquals(5, read(SAMPLE, Half.ALL, 5).size());
        assertEquals(4, read(SAMPLE, Half.ALL, 4).size());
        assertEquals(5, read(SAMPLE, Half.ALL, 6).size());
    }

    @Test
    void theHalvesAreTheWhole() {
        List<Dialogue> both = new ArrayList<>(read(SAMPLE, Half.EVEN, 9));
        List<Dialogue> odd = read(SAMPLE, Half.ODD, 9);
        both.addAll(odd);
        assertEquals(5, both.size());
        assertTrue(both.containsAll(read(SAMPLE)));
        assertFalse(odd.isEmpty() || odd.size() == 5, "neither half is empty");
    }

    @Test
    void halvesTheRealDialoguesEvenly() {
        Assumptions.assumeTrue(Files.exists(REAL), "skipped: the dialogues of " + REAL + " are not on this machine");
        int all = read(REAL).size();
        int even = read(REAL, Half.EVEN, all).size();
        assertEquals(all, even + read(REAL, Half.ODD, all).size());
        assertEquals(all / 2.0, even, all * 0.05);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"x\" | no JSON object",
                "[1] | no JSON object",
                "{\"id\":\"x\"} | turns is missing",
                "{\"id\":\"x\",\"turns\":[]} | turns: there are none",
                "{\"id\":\"x\",\"turns\":7} | turns has to be a list, not 7",
                "{\"id\":\"x\",\"turns\":[7]} | turns[0] has to be an object",
                "{\"turns\":[{\"speaker\":\"agent\",\"text\":\"t\"}]} | id is missing",
                "{\"id\":\"x\",\"turns\":[{\"text\":\"t\"}]} | turns[0].speaker is missing",
                "{\"id\":\"x\",\"turns\":[{\"speaker\":\"bob\",\"text\":\"t\"}]} | turns[0].speaker has to be caller or agent, not bob",
                "{\"id\":\"x\",\"turns\":[{\"speaker\":\"caller\",\"text\":\"\"}]} | turns[0].text is empty",
                "{\"id\":\"x\",\"turns\":[{\"speaker\":\"caller\",\"text\":\"t\",\"confidence\":0.5}]} | turns[0].intent is missing",
                "{\"id\":\"x\",\"turns\":[{\"speaker\":\"caller\",\"text\":\"t\",\"intent\":\"a\",\"predicted\":\"a\"}]} | turns[0].confidence is missing",
                "{\"id\":\"x\",\"turns\":[{\"speaker\":\"caller\",\"text\":\"t\",\"intent\":\"a\",\"predicted\":\"a\",\"confidence\":1.01}]} | turns[0].confidence has to be 0 to 1, not 1.01",
                "{\"id\":\"x\",\"turns\":[{\"speaker\":\"agent\",\"text\":\"t\",\"action\":{}}]} | turns[0].action.method is missing",
            })
    void namesTheLineAndTheFieldThatAreWrong(String line, String why) throws IOException {
        Path file = directory.resolve("bad.jsonl");
        Files.writeString(file, Files.readAllLines(SAMPLE).getFirst() + "\n\n" + line + "\n");
        String said =
                String.valueOf(assertThrows(DemoFailed.class, () -> read(file)).getMessage());
        assertEquals("line 3 of " + file + " is no dialogue: " + why, said);
    }

    @Test
    void saysThatAFileIsMissingCutOrNoText() throws IOException {
        Path missing = directory.resolve("missing");
        assertEquals(
                "there is no file " + missing,
                assertThrows(DemoFailed.class, () -> read(missing)).getMessage());
        Path cut = directory.resolve("cut.gz");
        Files.write(cut, new byte[] {0x1F, (byte) 0x8B, 8});
        assertTrue(
                String.valueOf(assertThrows(DemoFailed.class, () -> read(cut)).getMessage())
                        .startsWith(cut + " cannot be read"));
        Path latin = directory.resolve("latin");
        Files.write(latin, "{\"id\":\"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(
                String.valueOf(assertThrows(DemoFailed.class, () -> read(latin)).getMessage())
                        .startsWith(latin + " cannot be read"));
    }

    @Test
    void findsOutWhoseAMethodIs() {
        Services services = new Services();
        List<Dialogue> all = read(SAMPLE);
        all.forEach(services::learn);
        assertEquals("Banks.SendMoney", services.type(all.getFirst(), "SendMoney"));
        assertEquals("Banks.AskBalance", services.type(all.get(1), "AskBalance"), "another dialogue tells");
        assertEquals("Unheard", services.type(all.get(1), "Unheard"), "nothing tells");
    }

    @Test
    void tellsTurnsAndActionsAsAnAgentDoes() {
        Dialogue first = read(SAMPLE).getFirst();
        assertEquals(
                "{\"id\":\"t3\",\"speaker\":\"caller\",\"text\":\"To Ada, from checking.\",\"intent\":\"AskBalance\",\"confidence\":0.62}",
                TurnEvents.turn(2, first.turns().get(2)).encode());
        assertEquals(
                "{\"id\":\"a4\",\"type\":\"Banks.SendMoney\",\"summary\":\"Banks.SendMoney\",\"payload\":{\"recipient\":\"Ada\",\"send_amount\":\"1,250.50\"},\"amount\":1250.50,\"currency\":\"USD\"}",
                TurnEvents.action(
                                3,
                                "Banks.SendMoney",
                                Objects.requireNonNull(first.turns().get(3).action()))
                        .encode());
    }

    @Test
    void takesForAnAmountOnlyWhatIsOne() {
        assertEquals(new BigDecimal("180"), TurnEvents.amount(Map.of("transfer_amount", "180")));
        assertEquals(new BigDecimal("20.5"), TurnEvents.amount(Map.of("amount", "$20.5")));
        assertNull(TurnEvents.amount(Map.of("amount", "a lot")));
        assertNull(TurnEvents.amount(Map.of("seats", "2")));
        assertNull(TurnEvents.amount(Map.of("amount", "12,34")));
    }

    @Test
    void labelsByTheTruth() {
        assertEquals(
                "{\"label\":\"approved\"}",
                Reviewer.labelOf(new Reading("a", "a", 0.1)).encode());
        assertEquals(
                "{\"label\":\"edited\",\"text\":\"a\"}",
                Reviewer.labelOf(new Reading("a", "b", 0.9)).encode());
    }
}
