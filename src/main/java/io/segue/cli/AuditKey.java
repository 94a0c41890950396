package io.segue.cli;

import io.segue.archive.HeadKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code segue audit key}: the public key that the gateways' heads are signed with, for whoever verifies without the secret. */
final class AuditKey {
    private static final String SETTING = "SEGUE_SIGNING_KEY";

    private AuditKey() {}

    static CommandSpec spec(Map<String, String> environment) {
        return Commands.of(
                "key", "Shows the public key that heads are signed with, made from " + SETTING + ".", spec -> () -> {
                    String key = of(environment);
                    if (key == null) {
                        spec.commandLine().getErr().println(SETTING + " is not set");
                        return Commands.NOT_DONE;
                    }
                    spec.commandLine().getOut().println(key);
                    return Commands.DONE;
                });
    }

    static @Nullable String of(Map<String, String> environment) {
        String secret = environment.get(SETTING);
        return secret == null
                ? null
                : HexFormat.of()
                        .formatHex(HeadKey.of(secret.getBytes(StandardCharsets.UTF_8))
                                .publicKey());
    }
}
