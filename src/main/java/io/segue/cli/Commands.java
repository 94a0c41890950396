package io.segue.cli;

import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How commands are put together without reflection. */
final class Commands {
    static final int DONE = 0;
    static final int FOUND = 1;
    static final int NOT_DONE = 2;

    private Commands() {}

    /** A word that only has further words. */
    static CommandSpec group(String name, String description) {
        return of(name, description, spec -> () -> {
            throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
        });
    }

    /** @param body gets the command's spec, of which it asks the options' values once it runs */
    static CommandSpec of(
            String name, String description, Function<CommandSpec, Callable<Integer>> body, OptionSpec... options) {
        var late = new Callable<Integer>() {
            private Callable<Integer> body = () -> NOT_DONE;

            @Override
            public Integer call() throws Exception {
                return body.call();
            }
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(late).name(name);
        late.body = body.apply(spec);
        spec.usageMessage().description(description);
        for (OptionSpec option : options) {
            spec.addOption(option);
        }
        return spec.mixinStandardHelpOptions(false)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build());
    }

    static OptionSpec text(String name, String label, String... description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }
}
