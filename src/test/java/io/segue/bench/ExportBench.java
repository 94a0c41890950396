package io.segue.bench;

import io.segue.archive.dev.OwnPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How fast labelled turns leave the packaged gateway as JSON lines, out of a PostgreSQL, over HTTP. Calls of 20 turns, every second one the agent's and labelled: eight of ten
 * approved, one edited, one rejected; each line has up to 20 turns of context.
 */
final class ExportBench {
    private static final int TURNS_PER_CALL = 20;

    private final int turns;

    ExportBench(int turns) {
        this.turns = turns;
    }

    void run() throws Exception {
        String secret = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Report report = new Report("export", "format", "lines", "MB", "seconds", "lines/s", "turns read/s");
        try (OwnPostgres postgres = OwnPostgres.start();
                GatewayProcess gateway = GatewayProcess.start(
                        Path.of("target", "bench"),
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_URL",
                                postgres.url(),
                                "SEGUE_API_KEYS",
                                "bench:admin:" + secret))) {
            fill(postgres);
            for (String format : List.of("sft", "sft", "unpaired", "preference")) {
                long begin = System.nanoTime();
                long[] counted = export(gateway.http(), "Bearer " + secret, format);
                double seconds = (System.nanoTime() - begin) / 1e9;
                report.row(
                        Map.of("format", format, "lines", counted[0], "bytes", counted[1], "seconds", seconds),
                        format,
                        "" + counted[0],
                        "%.0f".formatted(counted[1] / 1e6),
                        "%.2f".formatted(seconds),
                        "%.0f".formatted(counted[0] / seconds),
                        "%.0f".formatted(turns / seconds));
            }
        }
        report.note("- the first row warms up; mark: 50,000 turns/s");
        report.print();
    }

    private void fill(OwnPostgres postgres) throws SQLException, InterruptedException {
        int calls = turns / TURNS_PER_CALL;
        try (Connection connection = DriverManager.getConnection(postgres.url());
                Statement statement = connection.createStatement()) {
            awaitSchema(statement);
            statement.execute(
                    "insert into call (id, node, agent, started_at, document) select md5(c::text), 'bench', 'refunds',"
                            + " timestamptz '2026-01-01' + interval '1 minute' * c, '{}' from generate_series(1, "
                            + calls
                            + ") c");
            statement.execute(
                    "insert into turn (call, ordinal, id, speaker, text, intent, confidence) select md5(c::text), o, 't' || o,"
                            + " case o % 2 when 0 then 'caller' else 'agent' end,"
                            + " 'Turn ' || o || ' of call ' || c || ', in which somebody says about as much as people say', 'refund',"
                            + " (o % 10) / 10.0 from generate_series(1, " + calls + ") c, generate_series(0, "
                            + (TURNS_PER_CALL - 1) + ") o");
            statement.execute(
                    "insert into label (call, turn, mark, text, reviewer, role, at, version, second_lot) select md5(c::text), 't' || o,"
                            + " case (c + o / 2) % 10 when 0 then 'edited' when 1 then 'rejected' else 'approved' end,"
                            + " case (c + o / 2) % 10 when 0 then 'What it should have said, which is about as long' end,"
                            + " 'ann', 'specialist', now(), 1, 0 from generate_series(1, " + calls
                            + ") c, generate_series(1, " + (TURNS_PER_CALL - 1) + ", 2) o");
            statement.execute("analyze");
        }
    }

    /** The gateway makes it, once it has found the database. */
    private static void awaitSchema(Statement statement) throws SQLException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            try (var rows = statement.executeQuery("select to_regclass('public.label') is not null")) {
                rows.next();
                if (rows.getBoolean(1)) {
                    return;
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the gateway has not made the schema");
    }

    private static long[] export(URI http, String authorization, String format) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                http.resolve("/api/v1/feedback.jsonl?format=" + format).toURL().openConnection();
        connection.setRequestProperty("Authorization", authorization);
        if (connection.getResponseCode() != 200) {
            throw new IOException("answered with " + connection.getResponseCode());
        }
        long lines = 0;
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = connection.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return new long[] {lines, bytes};
    }
}
