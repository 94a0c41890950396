package io.segue.cli;

import io.segue.demo.Gateway;
import io.segue.demo.replay.DialogueFile;
import io.segue.demo.replay.Half;
import io.segue.demo.replay.Order;
import io.segue.demo.replay.Replay;
import io.segue.demo.replay.Tally;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** {@code segue replay}: 0 all calls were played, 1 some were not, 2 it could not begin; 130 it was ended by Ctrl-C. */
final class ReplayCommand {
    private static final String KEY = "SEGUE_API_KEY";
    private static final int SIP_PORT = 5060;
    private static final String FILE = "FILE";

    private final CommandSpec spec;
    private final Map<String, String> environment;

    private ReplayCommand(CommandSpec spec, Map<String, String> environment) {
        this.spec = spec;
        this.environment = environment;
    }

    static CommandSpec spec(Map<String, String> environment) {
        CommandSpec spec = Commands.of(
                "replay",
                "Plays dialogues as live calls through a gateway that runs on this machine, and labels what the agent made of them.",
                made -> new ReplayCommand(made, environment)::run,
                text("--gateway", "URL", "http://localhost:8080", "Where its REST interface is."),
                Commands.text("--key", "SECRET", "An admin's key; else " + KEY + "."),
                Commands.text("--sip", "HOST:PORT", "Where it takes calls; else port 5060 of the gateway's host."),
                text("--agent", "ID", Order.AGENT, "What the agent is called; queue, trunk and humans after it."),
                whole("--calls", Order.CALLS, "Calls at once, 1 to " + Order.CALLS_MAX + "."),
                whole("--limit", Integer.MAX_VALUE, "At most so many dialogues."),
                whole("--speed", Order.PAUSE_MS, "Milliseconds between two turns."),
                text(
                        "--split",
                        "HALF",
                        "all",
                        "even or odd: the half of the dialogues by a hash of their ids; or all."),
                OptionSpec.builder("--threshold")
                        .paramLabel("SHARE")
                        .type(Double.class)
                        .description(
                                "A prediction below it goes to a human. Else the policy that a kept agent has; 0 for a new one.")
                        .build(),
                OptionSpec.builder("--label")
                        .type(boolean.class)
                        .negatable(true)
                        .defaultValue("true")
                        .fallbackValue("true")
                        .description(
                                "Labels each prediction as a reviewer would: approved, or edited with the true intent (default).")
                        .build(),
                flag("--keep", "Leaves the agent, the queue, the trunk and the humans at the gateway."),
                flag("--json", "The figures as JSON."));
        return spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .paramLabel(FILE)
                .type(Path.class)
                .description(
                        "JSON lines, plain or gzipped: {\"id\",\"services\",\"turns\":[{\"speaker\",\"text\",…}]}; see docs/replay.md.")
                .build());
    }

    private static OptionSpec text(String name, String label, String otherwise, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .defaultValue(otherwise)
                .description(description + " (" + otherwise + ")")
                .build();
    }

    private static OptionSpec whole(String name, int otherwise, String description) {
        return OptionSpec.builder(name)
                .paramLabel("N")
                .type(Integer.class)
                .defaultValue("" + otherwise)
                .description(otherwise == Integer.MAX_VALUE ? description : description + " (" + otherwise + ")")
                .build();
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .defaultValue("false")
                .description(description)
                .build();
    }

    private int run() throws InterruptedException {
        int limit = this.<Integer>value("--limit");
        if (limit < 1) {
            throw wrong("--limit has to be 1 or more, not " + limit);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Gateway gateway = gateway();
                ReplayProgress progress = new ReplayProgress(err)) {
            Path file = spec.positionalParameters().getFirst().getValue();
            Tally tally = new Replay(gateway, order(), new DialogueFile(file, half(), limit))
                    .run(progress::watch, progress::cutOff);
            progress.close();
            tally.troubles().forEach(err::println);
            out.println(this.<Boolean>value("--json") ? tally.json().encodePrettily() : tally.line());
            return tally.failed() == 0 ? Commands.DONE : Commands.FOUND;
        }
    }

    private Order order() {
        try {
            return new Order(
                    this.<String>value("--agent"),
                    this.<Integer>value("--calls"),
                    this.<Integer>value("--speed"),
                    this.<Boolean>value("--label"),
                    spec.findOption("--threshold").getValue(),
                    this.<Boolean>value("--keep"));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Half half() {
        String half = value("--split");
        try {
            return Half.valueOf(half.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong("--split has to be even, odd or all, not " + half);
        }
    }

    private Gateway gateway() {
        String text = value("--gateway");
        URI root = uri(text);
        if (root == null
                || root.getHost() == null
                || !String.valueOf(root.getScheme()).startsWith("http")) {
            throw wrong("--gateway has to be like http://localhost:8080, not " + text);
        }
        String key = spec.findOption("--key").getValue();
        String secret = key == null ? environment.get(KEY) : key;
        return new Gateway(
                sip(root.getHost()),
                URI.create(text.replaceFirst("/+$", "") + "/api/v1"),
                secret == null || secret.isBlank() ? "" : "Bearer " + secret.strip());
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private InetSocketAddress sip(String gatewayHost) {
        String given = spec.findOption("--sip").getValue();
        URI sip = uri("sip://" + (given == null ? gatewayHost + ":" + SIP_PORT : given));
        if (sip == null || sip.getHost() == null || sip.getPort() < 1 || sip.getPort() > 65_535) {
            throw wrong("--sip has to be like 127.0.0.1:5060, not " + given);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(sip.getHost()), sip.getPort());
        } catch (UnknownHostException e) {
            throw wrong("--sip: there is no host " + sip.getHost());
        }
    }

    private <T> T value(String option) {
        return spec.findOption(option).getValue();
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
