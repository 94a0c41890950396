package io.segue.bench;

import io.segue.demo.Cast;
import io.segue.demo.Stage;
import io.segue.demo.phone.AnswerPlan;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a call holds: heap after two collections, direct buffers and metaspace at 500 calls, beyond what the warmed-up gateway has when idle. */
final class MemoryBench {
    private static final Pattern HEAP = Pattern.compile("used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    // Native memory tracking books direct buffers, and what Netty takes without the JDK's cleaner, under Other.
    private static final Pattern DIRECT = Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    private final int calls;
    private final Report report = new Report(
            "memory", "when", "heap KB", "direct KB", "metaspace KB", "resident KB", "descriptors", "Redis keys");

    MemoryBench(int calls) {
        this.calls = calls;
    }

    private record Held(long heap, long direct, long metaspace, int descriptors, long keys) {
        long all() {
            return heap + direct + metaspace;
        }
    }

    void run() throws Exception {
        try (GatewayProcess process = GatewayProcess.start("-XX:NativeMemoryTracking=summary");
                Stage stage = Stage.set(process.seen(), Cast.tones(0), Stage.Setting.of(0, AnswerPlan.atOnce()))) {
            upFor(stage, 30);
            Thread.sleep(60_000);
            Held idle = held(process, "idle, after a warm-up of " + calls + " calls");
            Held busy;
            try (Load load = Load.of(stage, calls, 20, false)) {
                Thread.sleep(30_000);
                busy = held(process, calls + " calls with a real-time bot");
                report.note("- calls lost: " + load.lost());
            }
            Thread.sleep(60_000);
            Held after = held(process, "a minute after they ended");
            double each = (double) (busy.all() - idle.all()) / calls;
            double back = 100.0 * (after.all() - idle.all()) / idle.all();
            report.note("- %.1f KB a call beyond idle (mark: 60)".formatted(each));
            report.note("- %+.1f %% against idle a minute after the calls (mark: within 10 %%), descriptors %+d"
                    .formatted(back, after.descriptors() - idle.descriptors()));
        }
        report.print();
    }

    private void upFor(Stage stage, int seconds) throws Exception {
        try (Load load = Load.of(stage, calls, 20, false)) {
            Thread.sleep(seconds * 1000L);
            report.note("- calls lost in the warm-up: " + load.lost());
        }
    }

    private Held held(GatewayProcess process, String when) throws Exception {
        process.jcmd("GC.run");
        process.jcmd("GC.run");
        String heapInfo = process.jcmd("GC.heap_info");
        String tracked = process.jcmd("VM.native_memory", "summary");
        Held held = new Held(
                first(HEAP, heapInfo),
                first(DIRECT, tracked),
                first(METASPACE, process.jcmd("VM.metaspace", "basic")),
                process.descriptors(),
                process.keys());
        report.row(
                Map.of(
                        "when",
                        when,
                        "heapKb",
                        held.heap(),
                        "directKb",
                        held.direct(),
                        "metaspaceKb",
                        held.metaspace(),
                        "residentKb",
                        process.residentKb(),
                        "descriptors",
                        held.descriptors(),
                        "keys",
                        held.keys()),
                when,
                "" + held.heap(),
                "" + held.direct(),
                "" + held.metaspace(),
                "" + process.residentKb(),
                "" + held.descriptors(),
                "" + held.keys());
        return held;
    }

    private static long first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
