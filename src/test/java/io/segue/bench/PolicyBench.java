package io.segue.bench;

import io.segue.policy.Decision;
import io.segue.policy.Escalation;
import io.segue.policy.EscalationPolicy;
import io.segue.policy.History;
import io.segue.policy.Shadow;
import io.segue.policy.Shadow.PastCall;
import io.segue.policy.Signal;
import io.segue.turn.Turn;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How long a decision takes, turn in to decision, and how many past calls a second a draft is tried on. In this process alone: both are pure. */
final class PolicyBench {
    private static final int TURNS = 40;

    private PolicyBench() {}

    static void decisions(int samples) throws IOException {
        Report report = new Report(
                "policy", "rules", "decisions", "\u00b5s p50", "p95", "p99", "p99.9", "max", "mark, p99", "handed off");
        List<PastCall> calls = calls(500);
        for (int rules : new int[] {0, 20, 200}) {
            EscalationPolicy policy = Drafts.of(0.2, rules);
            time(policy, calls, 500_000);
            Sample sample = time(policy, calls, samples);
            double[] at = Arrays.stream(new double[] {50, 95, 99, 99.9, 100})
                    .map(sample::microseconds)
                    .toArray();
            report.row(
                    Map.of(
                            "rules",
                            rules,
                            "decisions",
                            samples,
                            "p50",
                            at[0],
                            "p95",
                            at[1],
                            "p99",
                            at[2],
                            "p999",
                            at[3],
                            "max",
                            at[4],
                            "handedOff",
                            sample.handedOff),
                    "" + rules,
                    "" + samples,
                    "%.1f".formatted(at[0]),
                    "%.1f".formatted(at[1]),
                    "%.1f".formatted(at[2]),
                    "%.1f".formatted(at[3]),
                    "%.0f".formatted(at[4]),
                    "50",
                    "" + sample.handedOff);
        }
        report.note(
                "A sample is one turn of 5 to 25 words, with its history kept up, on one thread; the first 500,000 of each row are not counted.");
        report.print();
    }

    /** Nanoseconds, sorted. */
    private record Sample(long[] nanos, long handedOff) {
        double microseconds(double percent) {
            return nanos[Math.max(0, (int) Math.ceil(percent / 100 * nanos.length) - 1)] / 1e3;
        }
    }

    private static Sample time(EscalationPolicy policy, List<PastCall> calls, int samples) {
        long[] nanos = new long[samples];
        long handedOff = 0;
        int sample = 0;
        while (sample < samples) {
            for (PastCall call : calls) {
                History history = History.NONE;
                for (Turn turn : call.turns()) {
                    if (sample == samples) {
                        break;
                    }
                    Instant at = call.answered().plusMillis(turn.endMs());
                    long begun = System.nanoTime();
                    Escalation.Judged judged = Escalation.judge(policy, history, new Signal.TurnSaid(turn), at);
                    nanos[sample++] = System.nanoTime() - begun;
                    history = judged.history();
                    handedOff += judged.decision() instanceof Decision.HandOff ? 1 : 0;
                }
            }
        }
        Arrays.sort(nanos);
        return new Sample(nanos, handedOff);
    }

    static void shadow(int calls) throws IOException {
        Report report = new Report(
                "shadow", "rules, draft", "calls", "turns", "calls/s", "mark", "handed off", "by the draft", "differ");
        List<PastCall> past = calls(calls);
        for (int rules : new int[] {0, 200}) {
            EscalationPolicy current = Drafts.of(0.65, 0);
            EscalationPolicy draft = Drafts.of(0.6, rules);
            replay(current, draft, past);
            long begun = System.nanoTime();
            Shadow.Report found = replay(current, draft, past);
            double rate = calls / ((System.nanoTime() - begun) / 1e9);
            report.row(
                    Map.of(
                            "rules",
                            rules,
                            "calls",
                            calls,
                            "turns",
                            found.turns(),
                            "callsPerSecond",
                            rate,
                            "handoffs",
                            found.handoffs(),
                            "draftHandoffs",
                            found.draftHandoffs(),
                            "differ",
                            found.differ()),
                    "" + rules,
                    "" + calls,
                    "" + found.turns(),
                    "%.0f".formatted(rate),
                    "2000",
                    "" + found.handoffs(),
                    "" + found.draftHandoffs(),
                    "" + found.differ());
        }
        report.note("Calls of " + TURNS + " turns from memory, on one thread; the replay alone, without the archive.");
        report.print();
    }

    private static Shadow.Report replay(EscalationPolicy current, EscalationPolicy draft, List<PastCall> past) {
        Shadow shadow = new Shadow(current, draft, 1_000);
        past.forEach(shadow::see);
        return shadow.report();
    }

    private static List<PastCall> calls(int count) {
        Dialogues dialogues = new Dialogues(7);
        return IntStream.range(0, count).mapToObj(i -> dialogues.call(i, TURNS)).toList();
    }
}
