package io.segue.bench;

import io.segue.demo.DemoFailed;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** rtpengine in userspace, in a process of its own on free ports: the relay that ours is held against. */
final class RtpEngine implements AutoCloseable {
    private static final long READY_MS = 10_000;

    private final Process process;
    private final NgClient control;

    private RtpEngine(Process process, NgClient control) {
        this.process = process;
        this.control = control;
    }

    /** @param program where rtpengine is */
    static RtpEngine start(Path program) throws IOException, InterruptedException {
        Path logs = Path.of("target", "bench");
        Files.createDirectories(logs);
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // No kernel module, no file of the system's, nothing in the background; ports beside the phones' and the
        // gateway's.
        List<String> command = List.of(
                program.toString(),
                "--config-file=none",
                "--foreground",
                "--log-stderr",
                "--log-level=3",
                "--table=-1",
                "--interface=127.0.0.1",
                "--listen-ng=127.0.0.1:" + port,
                "--port-min=10000",
                "--port-max=19999");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve("rtpengine.log").toFile())
                .start();
        NgClient control = new NgClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        RtpEngine started = new RtpEngine(process, control);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (control.pings()) {
                return started;
            }
            Thread.sleep(50);
        }
        started.close();
        throw new DemoFailed("rtpengine did not get ready; " + logs + "/rtpengine.log says why");
    }

    long pid() {
        return process.pid();
    }

    /** The caller's description as the human shall see it. */
    String offer(String callId, String fromTag, String sdp) throws IOException {
        return sdp(Map.of("command", "offer", "call-id", callId, "from-tag", fromTag), sdp);
    }

    /** The human's description as the caller shall see it. */
    String answer(String callId, String fromTag, String toTag, String sdp) throws IOException {
        return sdp(Map.of("command", "answer", "call-id", callId, "from-tag", fromTag, "to-tag", toTag), sdp);
    }

    void delete(String callId) throws IOException {
        control.ask(Map.of("command", "delete", "call-id", callId));
    }

    private String sdp(Map<String, Object> command, String sdp) throws IOException {
        Map<String, Object> all = new java.util.HashMap<>(command);
        all.put("sdp", sdp);
        all.put("ICE", "remove");
        all.put("flags", List.of("trust-address"));
        all.put("replace", List.of("origin"));
        all.put("rtcp-mux", List.of("demux"));
        Map<String, Object> answered = control.ask(all);
        if (!(answered.get("sdp") instanceof String rewritten)) {
            throw new DemoFailed("rtpengine refused: " + answered);
        }
        return rewritten;
    }

    @Override
    public void close() {
        control.close();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
