package io.segue.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Programs of others that tests run where they are installed. */
final class Programs {
    private Programs() {}

    /** Skips the test where a program is missing, with a sentence that names its Debian package. */
    static void need(String program, String debianPackage) {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> new File(folder, program).canExecute()),
                program + " is not installed; Debian has it in " + debianPackage);
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
