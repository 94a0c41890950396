package io.segue.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Without words the gateway runs; with words a command does, and nothing of the gateway is started. */
@QuarkusMain
public class Main {
    public static void main(String... words) {
        if (words.length == 0) {
            // Quarkus switches them off where none of its own extensions asks for them; SIP comes by one.
            System.setProperty("vertx.disableWebsockets", "false");
            Quarkus.run();
            return;
        }
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commands(System.getenv(), out, err).execute(words));
    }

    /**
     * Every command. Exit codes: 0 done, 1 it found what it looks for in vain, 2 it could not be done.
     *
     * @param environment for settings that the gateway takes from there too
     */
    public static CommandLine commands(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        CommandSpec root = Commands.group(
                "segue", "A gateway between a phone carrier and an AI voice agent; without a command it runs.");
        CommandSpec audit = Commands.group("audit", "The audit trail.");
        audit.addSubcommand("verify", AuditVerify.spec(environment));
        audit.addSubcommand("dump", AuditDump.spec(environment));
        audit.addSubcommand("key", AuditKey.spec(environment));
        root.addSubcommand("audit", audit);
        root.addSubcommand("replay", ReplayCommand.spec(environment));
        return new CommandLine(root).setOut(out).setErr(err).setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println(line.getCommandSpec().qualifiedName() + ": " + e.getMessage());
            return Commands.NOT_DONE;
        });
    }
}
