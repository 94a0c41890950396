package io.segue.archive;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.segue.archive.dev.OwnPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPostgresTest {
    /** A process of its own that starts one, says which, and is killed. */
    public static final class Mayfly {
        public static void main(String[] args) throws Exception {
            OwnPostgres postgres = OwnPostgres.start();
            Files.writeString(Path.of(args[0]), "" + postgres.server().pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void endsWhenItIsClosed() {
        OwnPostgres postgres = OwnPostgres.start();
        assertTrue(postgres.server().isAlive());
        postgres.close();
        assertFalse(postgres.server().isAlive());
    }

    @Test
    void diesWithAProcessThatIsKilled(@TempDir Path directory) throws Exception {
        Path told = directory.resolve("pid");
        Process mayfly = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Mayfly.class.getName(),
                        told.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Await.until(
                "it has started one", () -> Files.exists(told) && told.toFile().length() > 0);
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(Files.readString(told))).orElseThrow();
        assertTrue(server.isAlive());
        mayfly.destroyForcibly().waitFor();
        Await.until("the server has gone", () -> !server.isAlive());
    }
}
