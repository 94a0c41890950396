package io.segue.cli;

import io.segue.archive.AuditLines;
import io.segue.archive.AuditRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code segue audit dump}: the trail as JSON lines, signed heads first. */
final class AuditDump {
    private AuditDump() {}

    static CommandSpec spec(Map<String, String> environment) {
        return Commands.of(
                "dump",
                "Writes the audit trail as JSON lines, as segue audit verify --dump reads them.",
                spec -> () -> run(spec, environment),
                TrailDatabase.option(),
                Commands.text("--out", "FILE", "Where to; else standard output."));
    }

    private static int run(CommandSpec spec, Map<String, String> environment) throws SQLException, IOException {
        String to = spec.findOption("--out").getValue();
        var progress = new Progress(spec.commandLine().getErr(), "links written");
        try (Connection connection = TrailDatabase.open(spec, environment)) {
            if (to == null) {
                write(connection, spec.commandLine().getOut(), progress);
                return Commands.DONE;
            }
            try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(Path.of(to), StandardCharsets.UTF_8))) {
                write(connection, file, progress);
                if (file.checkError()) {
                    throw new IOException(to + " could not be written");
                }
            }
            spec.commandLine().getErr().println(progress.line());
            return Commands.DONE;
        }
    }

    private static void write(Connection connection, PrintWriter out, Progress progress) throws SQLException {
        AuditRows.heads(connection, head -> out.append(AuditLines.of(head)).append('\n'));
        AuditRows.links(connection, null, link -> {
            out.append(AuditLines.of(link)).append('\n');
            progress.one();
        });
        out.flush();
    }
}
