package io.segue.bench;

import io.segue.demo.Cast;
import io.segue.demo.Stage;
import io.segue.demo.phone.AnswerPlan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Call set-up: sipp places 300 calls a second for a minute, each held two seconds, with an agent that accepts and discards. */
final class SetupBench {
    private final int rate;
    private final int seconds;

    SetupBench(int rate, int seconds) {
        this.rate = rate;
        this.seconds = seconds;
    }

    void run() throws Exception {
        Report report = new Report(
                "setup",
                "calls/s",
                "calls",
                "failed",
                "retransmitted",
                "INVITE to 200, ms p50 / p95 / max",
                "p99",
                "bot sockets",
                "mark p99");
        try (GatewayProcess process = GatewayProcess.start();
                Stage stage = Stage.set(process.seen(), Cast.tones(0), Stage.Setting.of(0, AnswerPlan.atOnce()))) {
            sipp(process, stage, Math.max(1, rate / 3), 10); // warms up; not counted
            long before = stage.sockets();
            Found found = sipp(process, stage, rate, seconds);
            long sockets = stage.sockets() - before;
            report.row(
                    Map.of(
                            "rate",
                            rate,
                            "calls",
                            found.calls(),
                            "failed",
                            found.failed(),
                            "retransmitted",
                            found.retransmitted(),
                            "samples",
                            found.times().count(),
                            "p50",
                            found.times().at(50),
                            "p99",
                            found.times().at(99),
                            "max",
                            found.times().max(),
                            "botSockets",
                            sockets),
                    "" + rate,
                    "" + found.calls(),
                    "" + found.failed(),
                    "" + found.retransmitted(),
                    found.times().cell(),
                    "%.1f".formatted(found.times().at(99)),
                    "" + sockets,
                    "50.0");
        }
        report.print();
    }

    private record Found(long calls, long failed, long retransmitted, Distribution times) {}

    private static Found sipp(GatewayProcess process, Stage stage, int rate, int seconds) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target", "bench"), "sipp");
        Path scenario = Path.of("bench", "sipp", "hold2s.xml").toAbsolutePath();
        var sip = process.seen().sip();
        List<String> command = List.of(
                "sipp",
                "127.0.0.1:" + sip.getPort(),
                "-sf",
                scenario.toString(),
                "-s",
                stage.number(),
                "-i",
                "127.0.0.1",
                "-p",
                "" + GatewayProcess.freeTcp(),
                "-mp",
                "" + mediaPort(),
                "-r",
                "" + rate,
                "-m",
                "" + rate * seconds,
                "-l",
                "" + rate * 10,
                "-trace_stat",
                "-stf",
                "stat.csv",
                "-fd",
                "1",
                "-trace_rtt",
                "-rtt_freq",
                "100",
                "-nostdin",
                "-timeout",
                (seconds + 60) + "s");
        File out = folder.resolve("out.txt").toFile();
        Process sipp = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out)
                .start();
        if (!sipp.waitFor(seconds + 90L, TimeUnit.SECONDS)) {
            sipp.destroyForcibly();
            throw new IllegalStateException("sipp did not end; " + out + " says more");
        }
        List<String> lines = Files.readAllLines(folder.resolve("stat.csv"));
        String[] names = lines.getFirst().split(";", -1);
        String[] last = lines.getLast().split(";", -1);
        return new Found(
                value(names, last, "TotalCallCreated"),
                value(names, last, "FailedCall(C)"),
                value(names, last, "Retransmissions(C)"),
                times(folder));
    }

    private static int mediaPort() throws IOException {
        return GatewayProcess.freeTcp() & ~1;
    }

    private static long value(String[] names, String[] values, String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return Long.parseLong(values[i]);
            }
        }
        throw new IllegalStateException("sipp's statistics have no column " + name);
    }

    /** sipp's own response times: a line each, {@code date;milliseconds;which}. */
    private static Distribution times(Path folder) throws IOException {
        List<Double> times = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("_rtt.csv")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] fields = line.split(";", -1);
                    if (fields.length >= 3 && fields[1].matches("[0-9.]+")) {
                        times.add(Double.parseDouble(fields[1]));
                    }
                }
            }
        }
        return Distribution.of(times);
    }
}
