package io.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.segue.bench.GatewayProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {
    private static final String SAMPLE = "src/test/resources/replay/dialogues.jsonl";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private int run(String... words) {
        return Main.commands(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(words);
    }

    private void refused(String why, String... words) {
        assertEquals(2, run(words), err::toString);
        assertTrue(err.toString().contains(why), err::toString);
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run("replay", "--help"));
        for (String option :
                "--gateway --key --sip --agent --calls --limit --speed --split --threshold --[no-]label --keep --json FILE"
                        .split(" ")) {
            assertTrue(out.toString().contains(option), () -> option + " in " + out);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--calls=0 | --calls has to be 1 to 500, not 0",
                "--calls=501 | --calls has to be 1 to 500, not 501",
                "--speed=-1 | --speed has to be 0 to 60000, not -1",
                "--speed=60001 | --speed has to be 0 to 60000, not 60001",
                "--threshold=1.7 | --threshold has to be 0 to 1, not 1.7",
                "--threshold=NaN | --threshold has to be 0 to 1, not NaN",
                "--limit=0 | --limit has to be 1 or more, not 0",
                "--split=left | --split has to be even, odd or all, not left",
                "--gateway=localhost | --gateway has to be like http://localhost:8080, not localhost",
                "--sip=localhost | --sip has to be like 127.0.0.1:5060, not localhost",
                "--agent=a/b | --agent has to be 1 to 48 of",
            })
    void refusesWhatIsNoOption(String option, String why) {
        refused(why, "replay", SAMPLE, option);
    }

    @Test
    void saysWhatToDoWhenNoGatewayAnswers() throws IOException {
        refused(
                "no gateway answers there",
                "replay",
                SAMPLE,
                "--gateway",
                "http://127.0.0.1:" + GatewayProcess.freeTcp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {} | the gateway wants an admin's key: set SEGUE_API_KEY, or give --key",
                "403 | {\"detail\":\"a reviewer may not\"} | the key is not an admin's: a reviewer may not",
                "503 | {\"detail\":\"the store is away\"} | was answered 503: the store is away",
                "200 | {\"owner\":\"team-voice\"} | has an agent replay that is team-voice's: give --agent another name",
            })
    void saysWhatToDoWhenTheGatewayRefuses(int status, String body, String why) throws IOException {
        HttpServer gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        gateway.createContext("/", exchange -> {
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        gateway.start();
        try {
            refused(
                    why,
                    "replay",
                    SAMPLE,
                    "--gateway",
                    "http://127.0.0.1:" + gateway.getAddress().getPort());
        } finally {
            gateway.stop(0);
        }
    }

    @Test
    void saysThatThereIsNothingToPlay() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.jsonl"));
        refused("there is no dialogue in " + empty, "replay", empty.toString());
    }

    @Test
    void aLineOfAnotherShapeIsNamedBeforeAnyCallIsMade() throws IOException {
        Path bad = directory.resolve("bad.jsonl");
        Files.writeString(bad, Files.readString(Path.of(SAMPLE)) + "{}\n");
        refused("line 6 of " + bad + " is no dialogue: turns is missing", "replay", bad.toString());
    }

    @Test
    void theBarFillsUp() {
        assertEquals("[" + "-".repeat(30) + "]", ReplayProgress.bar(0, 0));
        assertEquals("[" + "#".repeat(15) + "-".repeat(15) + "]", ReplayProgress.bar(5, 10));
        assertEquals("[" + "#".repeat(30) + "]", ReplayProgress.bar(11, 10));
    }
}
