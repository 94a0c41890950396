package io.segue.bench;

import java.util.Arrays;
import java.util.List;

/** {@code bench/run.sh all|handoff|handoff-all-on|cpu|setup|memory|recording|relay|policy|shadow|redact|audit|signoff|export|mix|browser|replay [how many]}: one or all of the README's tables. */
public final class Bench {
    private Bench() {}

    public static void main(String[] words) throws Exception {
        String what = words.length == 0 ? "" : words[0];
        List<String> rest = Arrays.asList(words).subList(Math.min(1, words.length), words.length);
        switch (what) {
            case "handoff" ->
                new HandoffBench(number(rest, 500), rest.stream().skip(1).toList()).run();
            case "handoff-all-on" ->
                HandoffBench.allOn(number(rest, 500), rest.stream().skip(1).toList());
            case "cpu" -> new CpuBench(number(rest, 200), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 60).run();
            case "recording" ->
                new CpuBench(number(rest, 200), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 60).recording();
            case "setup" ->
                new SetupBench(number(rest, 300), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 60).run();
            case "relay" ->
                new RelayBench(number(rest, 200), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 30).run();
            case "all" -> {
                new HandoffBench(500, List.of()).run();
                HandoffBench.allOn(500, List.of());
                new CpuBench(200, 60).run();
                new SetupBench(300, 60).run();
                new MemoryBench(500).run();
                new RelayBench(200, 30).run();
                PolicyBench.decisions(1_000_000);
                PolicyBench.shadow(10_000);
                RedactBench.run(1_000_000);
                new AuditBench(20_000, 1_000_000).run();
                new SignoffBench(2_000).run();
                new ExportBench(400_000).run();
                new MixBench(50, 20).run();
                new BrowserBench(200, 20).run();
            }
            case "export" -> new ExportBench(number(rest, 400_000)).run();
            case "audit" ->
                new AuditBench(number(rest, 20_000), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 1_000_000).run();
            case "replay" ->
                new ReplayBench(
                                rest.isEmpty() ? ReplayBench.DIALOGUES : java.nio.file.Path.of(rest.getFirst()),
                                rest.size() > 1 ? Double.parseDouble(rest.get(1)) : 0.05,
                                rest.size() > 2 ? Integer.parseInt(rest.get(2)) : 50,
                                rest.size() > 3 ? Double.parseDouble(rest.get(3)) : 0.05)
                        .run();
            case "memory" -> new MemoryBench(number(rest, 500)).run();
            case "mix" -> new MixBench(number(rest, 50), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 20).run();
            case "browser" ->
                new BrowserBench(number(rest, 200), rest.size() > 1 ? Integer.parseInt(rest.get(1)) : 20).run();
            case "policy" -> PolicyBench.decisions(number(rest, 1_000_000));
            case "redact" -> RedactBench.run(number(rest, 1_000_000));
            case "signoff" -> new SignoffBench(number(rest, 2_000)).run();
            case "shadow" -> PolicyBench.shadow(number(rest, 10_000));
            default -> {
                System.err.println(
                        "usage: all | handoff [handoffs a row [row…]] | handoff-all-on [handoffs a row [row…]] | cpu [calls [seconds]] | setup [calls/s [seconds]] | memory [calls] | recording [calls [seconds]] | relay [calls [seconds]] | policy [decisions] | shadow [calls] | redact [turns] | audit [appends [links]] | signoff [sign-offs] | export [turns] | mix [calls [seconds]] | browser [legs [seconds]] | replay [file [error budget [calls at once [intervention rate]]]]");
                System.exit(2);
            }
        }
        System.exit(0);
    }

    private static int number(List<String> words, int otherwise) {
        return words.isEmpty() ? otherwise : Integer.parseInt(words.getFirst());
    }
}
