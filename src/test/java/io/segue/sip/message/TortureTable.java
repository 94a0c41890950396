package io.segue.sip.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The table of torture/reactions.tsv, and the messages themselves where {@code -Dsegue.torture=DIR} has them. */
public final class TortureTable {

    /** One row; the columns are told in the head of the table. */
    public record Row(
            String name,
            String section,
            String parser,
            String status,
            List<String> gateway,
            String headers,
            Map<String, String> fields,
            String quote) {

        /** The message byte for byte. */
        public byte[] message() {
            String folder = section.startsWith("5118") ? "rfc5118" : "rfc4475";
            Path plain = directory().resolve(folder).resolve(name);
            try {
                return Files.readAllBytes(Files.exists(plain) ? plain : plain.resolveSibling(name + ".dat"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return name + " (RFC " + section + ")";
        }
    }

    private TortureTable() {}

    /** Where the messages lie; it need not exist. */
    public static Path directory() {
        return Path.of(System.getProperty("segue.torture", "../shared/data/torture"));
    }

    public static boolean messagesArePresent() {
        return Files.isDirectory(directory().resolve("rfc4475"));
    }

    public static List<Row> rows() {
        return text().lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("name\t"))
                .map(TortureTable::row)
                .toList();
    }

    private static String text() {
        try (InputStream in = TortureTable.class.getResourceAsStream("/torture/reactions.tsv")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] cells = line.split("\t", -1);
        Map<String, String> fields = new LinkedHashMap<>();
        if (!cells[6].equals("-")) {
            for (String field : cells[6].split(" & ")) {
                int equals = field.indexOf('=');
                fields.put(
                        field.substring(0, equals), field.substring(equals + 1).translateEscapes());
            }
        }
        List<String> gateway = Arrays.asList(cells[4].split("\\|"));
        return new Row(cells[0], cells[1], cells[2], cells[3], gateway, cells[5], fields, cells[7]);
    }
}
