package io.segue.bench;

import io.segue.demo.Cast;
import io.segue.demo.Stage;
import io.segue.demo.phone.AnswerPlan;
import java.util.Map;

/** What a call costs: user and system time of the gateway's process for a second of one call, 200 calls at once. */
final class CpuBench {
    private final int calls;
    private final int seconds;
    private final Report report = new Report(
            "cpu", "calls", "what they are", "ms per call-second", "mark", "RTP received of expected", "calls lost");

    CpuBench(int calls, int seconds) {
        this.calls = calls;
        this.seconds = seconds;
    }

    void run() throws Exception {
        row("bridged, caller and human", true, 20, 1.3);
        row("with the agent, frames of 20 ms", false, 20, 2.2);
        row("with the agent, frames of 100 ms", false, 100, 1.5);
        report.note("%d s measured after %d s of warm-up; utime and stime of the gateway's process."
                .formatted(seconds, seconds));
        report.print();
    }

    private void row(String title, boolean bridged, int frameMs, double mark) throws Exception {
        Stage.Setting setting = Stage.Setting.of(bridged ? calls : 0, AnswerPlan.atOnce());
        try (GatewayProcess process = GatewayProcess.start();
                Stage stage = Stage.set(process.seen(), Cast.tones(0), setting);
                Load load = Load.of(stage, calls, frameMs, bridged)) {
            Thread.sleep(seconds * 1000L);
            double cpu = process.cpuMs();
            long received = load.received();
            long begun = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            double took = (System.nanoTime() - begun) / 1e9;
            double cost = (process.cpuMs() - cpu) / took / calls;
            double share = (load.received() - received) / (load.streams() * 50 * took);
            report.row(
                    Map.of(
                            "row",
                            title,
                            "calls",
                            calls,
                            "msPerCallSecond",
                            cost,
                            "receivedShare",
                            share,
                            "lost",
                            load.lost()),
                    "" + calls,
                    title,
                    "%.2f".formatted(cost),
                    "%.1f".formatted(mark),
                    "%.2f %%".formatted(share * 100),
                    "" + load.lost());
        }
    }
}
