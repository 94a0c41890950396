package io.segue.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.SampleTrail;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private SampleTrail trail;

    /** Two nodes, ten entries each, and their heads. */
    @BeforeEach
    void write() {
        trail = SampleTrail.write(10, "a", "b");
    }

    @AfterEach
    void close() {
        trail.close();
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commands(
                        Map.of("QUARKUS_DATASOURCE_JDBC_URL", trail.url(), "SEGUE_SIGNING_KEY", SampleTrail.KEY),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true))
                .execute(words);
    }

    private Path dump() {
        Path file = directory.resolve("dump.jsonl");
        assertEquals(0, run("audit", "dump", "--out", file.toString()), err::toString);
        return file;
    }

    @Test
    void aWholeTrailIsSaidToBeWhole() {
        assertEquals(0, run("audit", "verify"), () -> out + "" + err);
        assertTrue(out.toString().contains("22 links checked") && out.toString().contains("2 nodes"), out::toString);
        assertTrue(out.toString().contains("the trail is whole"), out::toString);
        assertEquals(0, run("audit", "verify", "--database", trail.url()));
    }

    @Test
    void aDumpVerifiesWithoutTheDatabase() throws Exception {
        Path dump = dump();
        assertEquals(0, run("audit", "verify", "--dump", dump.toString()), () -> out + "" + err);
        List<String> lines = new ArrayList<>(Files.readAllLines(dump));
        int third = 0;
        while (!lines.get(third).contains("\"seq\":3,\"previous\"")) {
            third++;
        }
        lines.set(third, lines.get(third).replace("\"actor\":\"segue\"", "\"actor\":\"mallory\""));
        Files.write(dump, lines);
        assertEquals(1, run("audit", "verify", "--dump", dump.toString()));
        assertTrue(out.toString().contains("link 3 of a was changed"), out::toString);

        lines.removeIf(line -> line.contains("\"node\":\"a\""));
        Files.write(dump, lines);
        assertEquals(1, run("audit", "verify", "--dump", dump.toString()));
        assertTrue(out.toString().contains("node a is missing altogether"), out::toString);
        assertEquals(0, run("audit", "verify", "--dump", dump.toString(), "--node", "b"), () -> out + "" + err);

        lines.removeLast();
        lines.removeLast();
        Files.write(dump, lines);
        assertEquals(1, run("audit", "verify", "--dump", dump.toString(), "--node", "b"));
        assertTrue(out.toString().contains("the tail of b is cut"), out::toString);
    }

    @Test
    void headsSignedWithAnotherKeyAreForged() {
        assertEquals(0, run("audit", "key"));
        String key = out.toString().strip();
        assertEquals(0, run("audit", "verify", "--key", key));
        String other = key.substring(0, key.length() - 2) + (key.endsWith("00") ? "01" : "00");
        assertEquals(1, run("audit", "verify", "--key", other));
        assertTrue(out.toString().contains("forged"), out::toString);
        assertEquals(0, run("audit", "verify", "--key", other, "--key", key));
    }

    @Test
    void whatCannotBeReadIsSaidInASentence() throws Exception {
        assertEquals(2, run("audit", "verify", "--dump", "/nowhere/at-all"));
        assertTrue(err.toString().contains("there is no file /nowhere/at-all"), err::toString);
        Path broken = Files.writeString(directory.resolve("broken"), "{\"node\":\"a\"}\n");
        assertEquals(2, run("audit", "verify", "--dump", broken.toString()));
        assertTrue(err.toString().contains("line 1") && err.toString().contains("has no seq"), err::toString);
        assertEquals(
                2,
                run("audit", "verify", "--dump", Files.writeString(broken, "").toString()));
        assertTrue(err.toString().contains("nothing to verify"), err::toString);
        assertEquals(2, run("audit", "verify", "--database", "http://x"));
        assertEquals(2, run("audit", "nonsense"));
        assertEquals(2, run("audit"));
    }

    @Test
    void helpNamesEveryOption() {
        assertEquals(0, run("audit", "verify", "--help"));
        for (String option : List.of("--database", "--dump", "--key", "--node")) {
            assertTrue(out.toString().contains(option), option);
        }
    }
}
