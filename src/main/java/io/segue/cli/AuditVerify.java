package io.segue.cli;

import io.segue.archive.AuditHeads;
import io.segue.archive.AuditLines;
import io.segue.archive.AuditRows;
import io.segue.archive.HeadKey;
import io.segue.audit.Finding;
import io.segue.audit.Link;
import io.segue.audit.SignedHead;
import io.segue.audit.Verifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code segue audit verify}: 0 the trail is whole, 1 it is not, 2 it could not be read. */
final class AuditVerify {
    private static final int FINDINGS_SHOWN = 20;

    private final CommandSpec spec;
    private final Map<String, String> environment;

    private AuditVerify(CommandSpec spec, Map<String, String> environment) {
        this.spec = spec;
        this.environment = environment;
    }

    static CommandSpec spec(Map<String, String> environment) {
        return Commands.of(
                "verify",
                "Says whether the audit trail is whole: names the first broken link, a missing node, a cut tail.",
                spec -> new AuditVerify(spec, environment)::run,
                TrailDatabase.option(),
                Commands.text(
                        "--dump",
                        "FILE",
                        "A dump (segue audit dump) or a gateway's segue.audit.file, instead of a database."),
                OptionSpec.builder("--key")
                        .paramLabel("HEX")
                        .type(java.util.List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .description(
                                "A public key that heads are signed with (segue audit key); may be given for each key there was.",
                                "Else it is made from SEGUE_SIGNING_KEY; without either, the keys that the trail names are believed.")
                        .build(),
                Commands.text("--node", "NAME", "Only this node's chain is there, as in a gateway's own file."));
    }

    private int run() throws SQLException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Set<String> keys = keys();
        var verifier = new Verifier(HeadKey.genuine(keys), FINDINGS_SHOWN);
        var progress = new Progress(spec.commandLine().getErr(), "links checked");
        Consumer<Link> check = link -> {
            verifier.link(link);
            progress.one();
        };
        String dump = spec.findOption("--dump").getValue();
        if (dump == null) {
            try (Connection connection = TrailDatabase.open(spec, environment)) {
                AuditRows.trail(connection, verifier, check);
            }
        } else {
            read(Path.of(dump), verifier, check);
        }
        Verifier.Report report = verifier.finish(spec.findOption("--node").getValue());
        if (report.links() == 0 && report.isWhole()) {
            spec.commandLine().getErr().println("there is nothing to verify: the trail is empty");
            return Commands.NOT_DONE;
        }
        out.println(progress.line() + ", " + report.nodes() + (report.nodes() == 1 ? " node" : " nodes"));
        if (keys.isEmpty()) {
            out.println(
                    "signatures were held against the keys that the trail itself names: give --key to know whose they are");
        }
        if (report.isWhole()) {
            out.println("the trail is whole");
            return Commands.DONE;
        }
        report.findings().stream().map(Finding::sentence).forEach(out::println);
        if (report.found() > report.findings().size()) {
            out.println("and " + (report.found() - report.findings().size()) + " more");
        }
        out.println("the trail is NOT whole");
        return Commands.FOUND;
    }

    private Set<String> keys() {
        java.util.List<String> given = spec.findOption("--key").getValue();
        if (given != null) {
            return given.stream().map(String::toLowerCase).collect(Collectors.toUnmodifiableSet());
        }
        return Stream.ofNullable(AuditKey.of(environment)).collect(Collectors.toUnmodifiableSet());
    }

    private static void mentioned(Link link, Verifier verifier) {
        AuditHeads.mentioned(link.body(), (node, seq, hash) -> verifier.mentioned(node, seq, hash, link.node()));
    }

    /** Twice: what heads say has to be known before the links are seen. */
    private static void read(Path dump, Verifier verifier, Consumer<Link> check) throws IOException {
        lines(dump, line -> line.contains("\"head\":") || line.contains(AuditHeads.KIND), new AuditLines.Reader() {
            @Override
            public void link(Link link) {
                if (link.kind().equals(AuditHeads.KIND)) {
                    mentioned(link, verifier);
                }
            }

            @Override
            public void head(SignedHead head) {
                verifier.head(head);
            }
        });
        lines(dump, line -> true, new AuditLines.Reader() {
            @Override
            public void link(Link link) {
                check.accept(link);
            }

            @Override
            public void head(SignedHead head) {}
        });
    }

    private static void lines(Path dump, Predicate<String> wanted, AuditLines.Reader reader) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(dump, StandardCharsets.UTF_8)) {
            long number = 0;
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && wanted.test(line)) {
                    read(dump, number, line, reader);
                }
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("there is no file " + dump, e);
        }
    }

    private static void read(Path dump, long number, String line, AuditLines.Reader reader) throws IOException {
        try {
            AuditLines.read(line, reader);
        } catch (IllegalArgumentException e) {
            throw new IOException("line " + number + " of " + dump + " is no line of a trail: it " + e.getMessage(), e);
        }
    }
}
