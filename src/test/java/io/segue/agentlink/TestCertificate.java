package io.segue.agentlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A certificate for 127.0.0.1 that the JDK's own keytool makes; nobody trusts it unless told to. */
record TestCertificate(PfxOptions key) {
    static TestCertificate create() throws Exception {
        Path folder = Files.createTempDirectory("segue-tls");
        Path store = folder.resolve("bot.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "bot",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=bot",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        try {
            keytool.waitFor(30, TimeUnit.SECONDS);
            assertEquals(0, keytool.exitValue());
            return new TestCertificate(
                    new PfxOptions().setPassword("changeit").setValue(Buffer.buffer(Files.readAllBytes(store))));
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    WebSocketClientOptions trusting() {
        return new WebSocketClientOptions().setTrustOptions(key);
    }
}
