package io.segue.store.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/**
 * A redis-server as a child of this process, on loopback, keeping nothing on disk. It dies with this process, however that ends: a shell between
 * the two waits on a pipe that only this process holds, and ends the server when the pipe closes.
 */
public final class OwnRedis implements AutoCloseable {
    private static final int STARTS_MAX = 5;
    private static final long START_SECONDS = 20;
    private static final String WATCH = """
            "$@" </dev/null &
            server=$!
            trap 'kill $server 2>/dev/null' TERM INT HUP
            (while read -r _; do :; done; kill $server 2>/dev/null) <&3 &
            wait $server
            """;

    private final Process process;
    private final int port;

    private OwnRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The one that comes with the embedded-redis library for this machine. */
    public static OwnRedis start() {
        try {
            Path directory = Files.createTempDirectory("segue-redis");
            Path program = ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
            try {
                return start(program);
            } finally {
                // A running program needs its file no more (where it does, the system's own sweep of temporary files
                // takes it).
                if (program.toFile().delete()) {
                    Files.deleteIfExists(directory);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no embedded redis-server for this machine; set QUARKUS_REDIS_HOSTS to one that runs", e);
        }
    }

    /** The given program on a free port. */
    public static OwnRedis start(Path program) {
        RuntimeException last = new IllegalStateException("not tried");
        for (int i = 0; i < STARTS_MAX; i++) {
            try {
                return start(program, freePort(), null);
            } catch (IllegalStateException portTaken) {
                last = portTaken;
            }
        }
        throw last;
    }

    /**
     * The given program on the given port.
     *
     * @param directory where it keeps its data across restarts (append-only file, written each time); none: nothing is kept
     */
    public static OwnRedis start(Path program, int port, @Nullable Path directory) {
        var server = new ArrayList<>(List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                "" + port,
                "--save",
                "",
                "--daemonize",
                "no",
                "--loglevel",
                "warning"));
        if (directory == null) {
            server.addAll(List.of("--appendonly", "no"));
        } else {
            server.addAll(List.of("--dir", directory.toString(), "--appendonly", "yes", "--appendfsync", "always"));
        }
        var command = server;
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command = new ArrayList<>(List.of("/bin/sh", "-c", "exec 3<&0\n" + WATCH, "segue-redis"));
            command.addAll(server);
        }
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var redis = new OwnRedis(process, port);
            redis.awaitReady();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    /** The server itself, below the shell that watches. */
    public ProcessHandle server() {
        return process.toHandle()
                .children()
                .filter(child -> child.info().command().orElse("").contains("redis"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /** Ends it, and waits until it has gone. */
    @Override
    public void close() {
        ProcessHandle server = server();
        server.destroy();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has gone already.
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly();
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("redis-server ended at once: is port " + port + " taken?");
            }
            if (answers()) {
                return;
            }
            try {
                process.waitFor(10, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        throw new IllegalStateException("redis-server did not answer within " + START_SECONDS + " s");
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
