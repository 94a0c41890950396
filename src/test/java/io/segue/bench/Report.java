package io.segue.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table of figures, as Markdown on standard output and as JSON in {@code target/bench}; the machine is named in both. */
final class Report {
    private final String name;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private final JsonArray json = new JsonArray();
    private final List<String> notes = new ArrayList<>();

    Report(String name, String... columns) {
        this.name = name;
        this.columns = List.of(columns);
    }

    /** One row; the figures go into the JSON as they are. */
    void row(Map<String, Object> figures, String... cells) {
        rows.add(List.of(cells));
        json.add(new JsonObject(figures));
        System.err.println("| " + String.join(" | ", cells) + " |");
    }

    void note(String sentence) {
        notes.add(sentence);
        System.err.println(sentence);
    }

    void print() throws IOException {
        System.out.println("\n### " + name + "\n\nOn " + machine() + ".\n");
        System.out.println("| " + String.join(" | ", columns) + " |");
        System.out.println("|" + "---|".repeat(columns.size()));
        rows.forEach(row -> System.out.println("| " + String.join(" | ", row) + " |"));
        System.out.println();
        notes.forEach(System.out::println);
        Path file = Path.of("target", "bench", name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                new JsonObject()
                        .put("bench", name)
                        .put("machine", machine())
                        .put("rows", json)
                        .put("notes", new JsonArray(notes))
                        .encodePrettily());
        System.out.println("\n" + file);
    }

    private static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("an unnamed processor");
        return "%d cores of %s, Linux %s, %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor,
                        System.getProperty("os.version"),
                        System.getProperty("java.vm.vendor"),
                        System.getProperty("java.version"));
    }
}
