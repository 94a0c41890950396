package io.segue.bench;

import io.segue.demo.Cast;
import io.segue.demo.Stage;
import io.segue.demo.ear.Voice;
import io.segue.demo.phone.AnswerPlan;
import io.segue.demo.phone.PhoneBank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a forwarded packet costs: the gateway with callers and humans bridged, and rtpengine in userspace between the same phones, in turn. */
final class RelayBench {
    private static final double RATIO_MAX = 0.7;
    private static final int ROUNDS = 3;

    private final int calls;
    private final int seconds;
    private final Report report = new Report(
            "relay", "round", "relay", "calls", "us per forwarded packet", "forwarded of sent", "calls lost");
    private final List<Double> ours = new ArrayList<>();
    private final List<Double> theirs = new ArrayList<>();

    RelayBench(int calls, int seconds) {
        this.calls = calls;
        this.seconds = seconds;
    }

    void run() throws Exception {
        String program = System.getProperty("bench.rtpengine", "");
        if (program.isEmpty() || !Files.isExecutable(Path.of(program))) {
            throw new IllegalStateException(
                    "the relay bench needs rtpengine (Debian: apt-get install rtpengine-daemon)");
        }
        Stage.Setting setting = Stage.Setting.of(calls, AnswerPlan.atOnce());
        try (GatewayProcess process = GatewayProcess.start();
                Stage stage = Stage.set(process.seen(), Cast.tones(0), setting);
                RtpEngine engine = RtpEngine.start(Path.of(program))) {
            for (int round = 1; round <= ROUNDS; round++) {
                try (Load load = Load.of(stage, calls, 20, true)) {
                    ours.add(measure(round, "segue", load, process.pid()));
                }
                theirs.add(throughRtpEngine(round, engine));
            }
        }
        double ratio = median(ours) / median(theirs);
        report.note("- medians: %.2f us and %.2f us, ratio %.2f (mark: %.1f)"
                .formatted(median(ours), median(theirs), ratio, RATIO_MAX));
        report.note(
                "- %d rounds in turn; %d s each after %d s of warm-up; utime and stime of the relay's process over packets that reached a phone; rtpengine in userspace (no kernel module), as Debian packages it."
                        .formatted(ROUNDS, seconds, seconds));
        report.print();
    }

    private double throughRtpEngine(int round, RtpEngine engine) throws Exception {
        try (PhoneBank callers = PhoneBank.open("callers", "127.0.0.1");
                PhoneBank humans = PhoneBank.open("humans", "127.0.0.1");
                SdpProxy proxy = new SdpProxy(engine, callers.sip(), humans.sip());
                Load load = Load.between(callers, humans, proxy.sip(), calls, Voice.humanTone())) {
            return measure(round, "rtpengine", load, engine.pid());
        }
    }

    private double measure(int round, String relay, Load load, long pid) throws InterruptedException, IOException {
        Thread.sleep(seconds * 1000L);
        double cpu = GatewayProcess.cpuMs(pid);
        long received = load.received();
        long sent = load.sent();
        Thread.sleep(seconds * 1000L);
        double spent = GatewayProcess.cpuMs(pid) - cpu;
        long forwarded = load.received() - received;
        double share = (double) forwarded / (load.sent() - sent);
        double each = spent * 1000 / forwarded;
        report.row(
                Map.of(
                        "round",
                        round,
                        "relay",
                        relay,
                        "calls",
                        calls,
                        "usPerPacket",
                        each,
                        "forwardedShare",
                        share,
                        "lost",
                        load.lost()),
                "" + round,
                relay,
                "" + calls,
                "%.2f".formatted(each),
                "%.2f %%".formatted(share * 100),
                "" + load.lost());
        return each;
    }

    private static double median(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
