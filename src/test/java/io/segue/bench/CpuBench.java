package io.segue.bench;

import io.segue.demo.Cast;
import io.segue.demo.Stage;
import io.segue.demo.phone.AnswerPlan;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
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
        row("bridged, caller and human", true, 20, "1.3", false);
        row("with the agent, frames of 20 ms", false, 20, "2.2", false);
        row("with the agent, frames of 100 ms", false, 100, "1.5", false);
        print();
    }

    /** What recording adds. */
    void recording() throws Exception {
        for (boolean recorded : new boolean[] {false, true}) {
            String how = recorded ? ", recorded" : "";
            row("bridged, caller and human" + how, true, 20, "", recorded);
            row("with the agent, frames of 20 ms" + how, false, 20, "", recorded);
        }
        print();
    }

    private void print() throws IOException {
        report.note("%d s measured after %d s of warm-up; utime and stime of the gateway's process."
                .formatted(seconds, seconds));
        report.print();
    }

    private void row(String title, boolean bridged, int frameMs, String mark, boolean recorded) throws Exception {
        Stage.Setting setting = Stage.Setting.of(bridged ? calls : 0, AnswerPlan.atOnce())
                .and(new JsonObject().put("recording", recorded));
        try (GatewayProcess process = GatewayProcess.start(
                        Path.of("target", "bench"), Map.of("SEGUE_RECORDING_DIRECTORY", "target/bench/recordings"));
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
                    mark,
                    "%.2f %%".formatted(share * 100),
                    "" + load.lost());
        }
    }
}
