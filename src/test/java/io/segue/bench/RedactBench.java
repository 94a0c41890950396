package io.segue.bench;

import io.segue.contact.Redactor;
import io.segue.turn.Speaker;
import io.segue.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What it costs to take out of a turn what must not be kept: turns of 5 to 25 words, one in ten with a card number, on one thread. */
final class RedactBench {
    private static final int WARM_UP = 200_000;

    private RedactBench() {}

    static void run(int turns) {
        Map<String, String> patterns = Map.of(
                "iban", "[A-Z]{2}\\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?",
                "mail", "[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}",
                "ssn", "\\b\\d{3}-\\d{2}-\\d{4}\\b");
        System.out.println("| patterns | turns | us a turn p50 / p95 / max |");
        System.out.println("|---|---|---|");
        measure("none", Redactor.defaults(), turns);
        if (Redactor.of(true, true, patterns) instanceof Redactor.Read.Ok(var redactor)) {
            measure("3", redactor, turns);
        }
    }

    private static void measure(String name, Redactor redactor, int turns) {
        List<Turn> said = said();
        List<Double> us = new ArrayList<>(turns);
        long kept = 0;
        for (int i = 0; i < WARM_UP + turns; i++) {
            Turn turn = said.get(i % said.size());
            long from = System.nanoTime();
            kept += redactor.turn(turn, "4711").text().length();
            if (i >= WARM_UP) {
                us.add((System.nanoTime() - from) / 1e3);
            }
        }
        System.out.println(
                "| " + name + " | " + turns + " | " + Distribution.of(us).cell() + " |" + (kept == 0 ? "!" : ""));
    }

    private static List<Turn> said() {
        Random random = new Random(1);
        List<String> words = List.of("money", "please", "order", "2026", "the", "refund", "I", "want", "number", "12");
        List<Turn> said = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int word = 5 + random.nextInt(21); word > 0; word--) {
                text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            text.append(i % 10 == 0 ? "4111 1111 1111 1111" : "thanks");
            said.add(new Turn(
                    "t" + i,
                    Speaker.CALLER,
                    text.toString(),
                    "refund",
                    0.7,
                    0.1,
                    "en",
                    Map.of("order", i),
                    0,
                    0,
                    false));
        }
        return said;
    }
}
