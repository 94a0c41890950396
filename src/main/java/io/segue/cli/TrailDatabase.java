package io.segue.cli;

import io.segue.archive.AuditRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The database that a command reads, by {@code --database} or the gateway's own settings. */
final class TrailDatabase {
    static final String URL = "QUARKUS_DATASOURCE_JDBC_URL";

    private TrailDatabase() {}

    static OptionSpec option() {
        return Commands.text(
                "--database",
                "URL",
                "A JDBC URL such as jdbc:postgresql://host/segue; else " + URL + ".",
                "User and password, where they do not stand in it, are QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD.");
    }

    /** Reads only, and in one snapshot. */
    static Connection open(CommandSpec spec, Map<String, String> environment) throws SQLException {
        String given = spec.findOption("--database").getValue();
        String url = given != null ? given : environment.get(URL);
        if (url == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Which database? Give --database, or set " + URL + ".");
        }
        return AuditRows.open(
                url,
                value(environment, "QUARKUS_DATASOURCE_USERNAME"),
                value(environment, "QUARKUS_DATASOURCE_PASSWORD"));
    }

    private static @Nullable String value(Map<String, String> environment, String name) {
        return environment.get(name);
    }
}
