package io.segue.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs of others that tests run where they are installed. */
final class Programs {
    private Programs() {}

    /** Where a program is; skips the test where it is missing, with a sentence that names its Debian package. */
    static File need(String program, String debianPackage) {
        Optional<File> found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst();
        assumeTrue(found.isPresent(), program + " is not installed; Debian has it in " + debianPackage);
        return found.get();
    }

    /** Skips the test where the gateway was built without a console. */
    static void needConsole(URI http) {
        try {
            HttpURLConnection page = (HttpURLConnection) http.toURL().openConnection();
            assumeTrue(
                    page.getResponseCode() == 200,
                    "the gateway was built without the console: install Node.js of 20.19 or newer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a process that a test started, whatever it does. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
