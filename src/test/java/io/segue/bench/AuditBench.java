package io.segue.bench;

import io.segue.archive.AuditLimits;
import io.segue.archive.AuditWriter;
import io.segue.archive.Database;
import io.segue.archive.Limits;
import io.segue.archive.dev.OwnPostgres;
import io.segue.audit.Actor;
import io.segue.audit.Entry;
import io.segue.audit.Link;
import io.segue.audit.Verifier;
import io.segue.cli.Main;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** What an entry of the audit trail costs whoever waits for it, with a PostgreSQL whose commits wait for the disk; and how fast a trail is verified. */
final class AuditBench {
    private static final int WARM_UP = 1_000;

    private final int appends;
    private final int links;

    AuditBench(int appends, int links) {
        this.appends = appends;
        this.links = links;
    }

    void run() throws Exception {
        Path data = Files.createTempDirectory("segue-bench-postgres");
        try (OwnPostgres postgres = OwnPostgres.start(OwnPostgres.freePort(), data.resolve("data"), true)) {
            append(postgres);
            verify(postgres);
        }
    }

    private void append(OwnPostgres postgres) throws Exception {
        Report report =
                new Report("audit-append", "callers at once", "samples", "p50 ms", "p95 ms", "p99 ms", "max ms");
        try (var source = GatewayPool.of(postgres.url());
                var database = new Database(
                        source,
                        () -> Flyway.configure().dataSource(source).load().migrate(),
                        Limits.defaults())) {
            while (database.state() != Database.State.UP) {
                Thread.onSpinWait();
            }
            for (int callers : List.of(1, 16)) {
                try (var writer = new AuditWriter(
                        database, "bench-" + callers, InstantSource.system(), AuditLimits.defaults(), List.of())) {
                    measure(writer, callers, WARM_UP);
                    Distribution d = Distribution.of(measure(writer, callers, appends));
                    report.row(
                            Map.of(
                                    "callers", callers, "samples", d.count(), "p50", d.at(50), "p95", d.at(95), "p99",
                                    d.at(99), "max", d.max()),
                            "" + callers,
                            "%,d".formatted(d.count()),
                            "%.2f".formatted(d.at(50)),
                            "%.2f".formatted(d.at(95)),
                            "%.2f".formatted(d.at(99)),
                            "%.2f".formatted(d.max()));
                }
            }
        }
        report.note(
                "Mark: 2 ms at p99. From append() to its completion, which is after the commit; fsync is on; each caller appends its next when the last one is done.");
        report.print();
    }

    private static List<Double> measure(AuditWriter writer, int callers, int appends) throws Exception {
        List<Double> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            Callable<List<Double>> caller = () -> {
                List<Double> mine = new ArrayList<>();
                for (int i = 0; i < appends / callers; i++) {
                    long begun = System.nanoTime();
                    writer.append(entry(i)).toCompletableFuture().join();
                    mine.add((System.nanoTime() - begun) / 1e6);
                }
                return mine;
            };
            List<Future<List<Double>>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(caller));
            }
            for (Future<List<Double>> one : running) {
                all.addAll(one.get());
            }
        }
        return all;
    }

    private static Entry entry(int n) {
        return new Entry(
                "signoff.decided",
                "%032x".formatted(n),
                new Actor("anna", "specialist"),
                Map.of(
                        "id",
                        "s" + n,
                        "action",
                        "payment.authorize",
                        "decision",
                        "approved",
                        "amount",
                        420.00,
                        "currency",
                        "USD",
                        "payload",
                        "c1d2".repeat(16)));
    }

    private void verify(OwnPostgres postgres) throws Exception {
        Report report = new Report("audit-verify", "from", "links", "links/s");
        fill(postgres);
        Path dump = Path.of("target", "bench", "audit.jsonl");
        Files.createDirectories(dump.getParent());
        pure(report);
        command("audit", "dump", "--database", postgres.url(), "--out", dump.toString());
        for (int i = 0; i < 2; i++) {
            boolean shown = i == 1;
            rate(report, shown, "the database", () -> command("audit", "verify", "--database", postgres.url()));
            rate(report, shown, "a dump", () -> command("audit", "verify", "--dump", dump.toString()));
        }
        report.note(
                "Mark: 200,000 links/s. The whole command, reading included; links of some 400 bytes, 2 nodes; the second run of each.");
        report.print();
        Files.delete(dump);
    }

    private void pure(Report report) {
        List<Link> chain = chain("pure", Math.min(links, 200_000));
        for (int i = 0; i < 3; i++) {
            var verifier = new Verifier(head -> true, 10);
            long begun = System.nanoTime();
            chain.forEach(verifier::link);
            double rate = chain.size() * 1e9 / (System.nanoTime() - begun);
            if (i == 2) {
                row(report, "memory", chain.size(), rate);
            }
        }
    }

    private void rate(Report report, boolean shown, String from, Callable<Integer> command) throws Exception {
        long begun = System.nanoTime();
        command.call();
        if (shown) {
            row(report, from, links, links * 1e9 / (System.nanoTime() - begun));
        }
    }

    private static void row(Report report, String from, int links, double rate) {
        report.row(
                Map.of("from", from, "links", links, "rate", rate),
                from,
                "%,d".formatted(links),
                "%,d".formatted(Math.round(rate)));
    }

    private static int command(String... words) {
        return Main.commands(
                        Map.of(), new java.io.PrintWriter(System.err, true), new java.io.PrintWriter(System.err, true))
                .execute(words);
    }

    private static List<Link> chain(String node, int count) {
        List<Link> chain = new ArrayList<>(count);
        byte[] previous = Link.nothing();
        for (int i = 1; i <= count; i++) {
            Link link = Link.after(
                    node,
                    i,
                    previous,
                    1_790_000_000_000_000L + i,
                    "signoff.decided",
                    "%032x".formatted(i),
                    "anna",
                    "specialist",
                    "{\"id\":\"s" + i
                            + "\",\"action\":\"payment.authorize\",\"decision\":\"approved\",\"amount\":420.0,\"payload\":\""
                            + "c1d2".repeat(16) + "\"}");
            chain.add(link);
            previous = link.hash();
        }
        return chain;
    }

    /** Straight into the table: what is measured is reading. */
    private void fill(OwnPostgres postgres) throws Exception {
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        try (Connection connection = source.getConnection()) {
            connection
                    .createStatement()
                    .execute("alter table audit disable trigger all; truncate audit, audit_chain, audit_head");
            for (String node : List.of("a", "b")) {
                var lines = new StringBuilder();
                for (Link l : chain(node, links / 2)) {
                    lines.append(String.join(
                                    "\t",
                                    node,
                                    "" + l.seq(),
                                    "\\\\x" + java.util.HexFormat.of().formatHex(l.previous()),
                                    "\\\\x" + java.util.HexFormat.of().formatHex(l.hash()),
                                    java.time.Instant.ofEpochSecond(l.at() / 1_000_000, l.at() % 1_000_000 * 1_000)
                                            .toString(),
                                    l.kind(),
                                    l.call(),
                                    l.actor(),
                                    l.role(),
                                    l.body()))
                            .append('\n');
                }
                new org.postgresql.copy.CopyManager(connection.unwrap(org.postgresql.core.BaseConnection.class))
                        .copyIn(
                                "copy audit from stdin",
                                new java.io.ByteArrayInputStream(
                                        lines.toString().getBytes(StandardCharsets.UTF_8)));
            }
            connection.createStatement().execute("vacuum analyze audit");
        }
    }
}
