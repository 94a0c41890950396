package io.segue.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.segue.bench.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One call of sipp's through a scenario of src/test/resources/sipp; what it sends and receives beside the scenario's own checks is in its log. */
final class Sipp implements AutoCloseable {
    private static final int PATIENCE_S = 30;
    private static final String HERE = "127.0.0.1";

    private final Process process;
    private final Path log;
    private final int port;

    private Sipp(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Calls the gateway.
     *
     * @param transport {@code u1} for UDP, {@code t1} for TCP
     * @param from its own number
     * @param keys what stands for the scenario's {@code [key]}
     */
    static Sipp calls(String scenario, String transport, String from, String number, Map<String, String> keys)
            throws IOException {
        int gateway = SipGateway.get().seen().sip().getPort();
        return start(
                scenario, transport, HERE, List.of("127.0.0.1:" + gateway, "-s", number, "-key", "from", from), keys);
    }

    /** Waits to be called, over UDP. */
    static Sipp answers(String scenario, Map<String, String> keys) throws IOException {
        return answers(scenario, HERE, keys);
    }

    /** The same at an address of its own. */
    static Sipp answers(String scenario, String address, Map<String, String> keys) throws IOException {
        return start(scenario, "u1", address, List.of(), keys);
    }

    private static Sipp start(
            String scenario, String transport, String address, List<String> more, Map<String, String> keys)
            throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "it", "sipp"));
        Path log = Files.createTempFile(folder, scenario + "-", ".log").toAbsolutePath();
        int port = GatewayProcess.freeBoth();
        List<String> command = new ArrayList<>(List.of("sipp"));
        command.addAll(more);
        command.addAll(List.of("-sf", scenarioFile(scenario), "-m", "1", "-t", transport));
        command.addAll(List.of("-i", address, "-p", "" + port, "-mp", "" + (GatewayProcess.freeBoth() & ~1)));
        command.addAll(List.of("-trace_err", "-error_file", log + ".errors", "-trace_msg", "-message_file", "" + log));
        command.addAll(List.of("-nostdin", "-skip_rlimit", "-recv_timeout", "20000"));
        command.addAll(List.of("-timeout", PATIENCE_S + "s", "-timeout_error"));
        keys.forEach((key, value) -> command.addAll(List.of("-key", key, value)));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Path.of(log + ".screen").toFile())
                .start();
        return new Sipp(process, log, port);
    }

    private static String scenarioFile(String scenario) {
        return Path.of("src", "test", "resources", "sipp", scenario + ".xml")
                .toAbsolutePath()
                .toString();
    }

    /** Its port, for those who are to call it. */
    int port() {
        return port;
    }

    /** Waits for the end of its scenario, which has to have gone as written. */
    void succeeds() throws Exception {
        if (!process.waitFor(PATIENCE_S + 10L, TimeUnit.SECONDS)) {
            throw new AssertionError("sipp did not end; " + log + " says more");
        }
        Path errors = Path.of(log + ".errors");
        assertEquals(
                0,
                process.exitValue(),
                () -> "sipp's scenario did not go as written; " + log + " says more: " + read(errors));
    }

    private static String read(Path path) {
        try {
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
