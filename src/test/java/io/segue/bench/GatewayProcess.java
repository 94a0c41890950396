package io.segue.bench;

import io.segue.demo.Gateway;
import io.segue.store.dev.OwnRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The packaged gateway in a process of its own, with a Redis of its own, on free ports; what it costs is read from outside. */
public final class GatewayProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final long READY_MS = 60_000;
    private static final double TICKS_PER_SECOND = 100;

    private final OwnRedis redis;
    private final Process gateway;
    private final Gateway seen;
    private final URI http;
    private final String authorization;

    private GatewayProcess(OwnRedis redis, Process gateway, Gateway seen, URI http, String authorization) {
        this.redis = redis;
        this.gateway = gateway;
        this.seen = seen;
        this.http = http;
        this.authorization = authorization;
    }

    /** Starts both and waits until the gateway is ready. */
    static GatewayProcess start(String... jvmOptions) throws IOException, InterruptedException {
        return start(Path.of("target", "bench"), Map.of(), jvmOptions);
    }

    /**
     * The same with more of an environment.
     *
     * @param logs where what it says goes, as {@code gateway.log}
     */
    public static GatewayProcess start(Path logs, Map<String, String> environment, String... jvmOptions)
            throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is missing: ./mvnw -DskipTests package makes it");
        }
        Files.createDirectories(logs);
        OwnRedis redis = redis();
        int http = freeTcp();
        int sip = freeBoth();
        String secret = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(
                System.getProperty("bench.jvm", "").isBlank()
                        ? new String[0]
                        : System.getProperty("bench.jvm").split(" ", -1)));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-jar", JAR.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", "" + http);
        builder.environment().put("QUARKUS_REDIS_HOSTS", redis.uri().toString());
        builder.environment().put("SEGUE_SIP_HOST", "127.0.0.1");
        builder.environment().put("SEGUE_SIP_PORT", "" + sip);
        builder.environment().put("SEGUE_MEDIA_BROWSER_PORT", "0");
        builder.environment().put("SEGUE_ADVERTISED_ADDRESS", "127.0.0.1");
        builder.environment().put("SEGUE_API_KEYS", "bench:admin:" + secret);
        builder.environment().put("SEGUE_SIGNING_KEY", secret + secret + secret + secret);
        builder.environment().putAll(environment);
        Process gateway = builder.redirectErrorStream(true)
                .redirectOutput(logs.resolve("gateway.log").toFile())
                .start();
        Gateway seen = new Gateway(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), sip),
                URI.create("http://127.0.0.1:" + http + "/api/v1"),
                "Bearer " + secret);
        GatewayProcess started =
                new GatewayProcess(redis, gateway, seen, URI.create("http://127.0.0.1:" + http), "Bearer " + secret);
        try {
            started.awaitReady(logs);
            return started;
        } catch (IllegalStateException | InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private void awaitReady(Path logs) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MS);
        while (System.nanoTime() < deadline && gateway.isAlive()) {
            try {
                HttpURLConnection connection = (HttpURLConnection)
                        http.resolve("/q/health/ready").toURL().openConnection();
                if (connection.getResponseCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the gateway did not get ready; " + logs + "/gateway.log says why");
    }

    /** Where it takes calls, and its REST interface. */
    public Gateway seen() {
        return seen;
    }

    /** The same for somebody with a key or token of their own; empty: for nobody. */
    public Gateway seenBy(String secret) {
        return new Gateway(seen.sip(), http.resolve("/api/v1"), secret.isEmpty() ? "" : "Bearer " + secret);
    }

    /** Its Redis. */
    public URI redisUri() {
        return redis.uri();
    }

    /** An admin's Authorization header. */
    public String authorization() {
        return authorization;
    }

    /** The root of its HTTP. */
    public URI http() {
        return http;
    }

    /** The sum of a metric's values on its lines that contain a text, 0 when there are none. */
    public double metric(String name, String containing) throws IOException {
        try (InputStream in = http.resolve("/q/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name) && line.contains(containing))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    long pid() {
        return gateway.pid();
    }

    /** User and system time of the process so far, in milliseconds (proc(5), utime and stime). */
    double cpuMs() throws IOException {
        return cpuMs(pid());
    }

    /** The same of any process. */
    static double cpuMs(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS_PER_SECOND;
    }

    /** Open files and sockets of the process. */
    int descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/" + pid() + "/fd"))) {
            return (int) files.count();
        }
    }

    /** Resident memory in KB (VmRSS). */
    long residentKb() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Keys in its Redis. */
    long keys() throws IOException {
        return redis("DBSIZE");
    }

    /** What its Redis answers to a command, a number. */
    public long redis(String command) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", redis.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Long.parseLong(answer.substring(1));
        }
    }

    /** What a command of jcmd says about the process. */
    String jcmd(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/jcmd", "" + pid()));
        words.addAll(List.of(command));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(words + " failed: " + said);
        }
        return said;
    }

    public static int freeTcp() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A port that is free for TCP and for UDP. */
    public static int freeBoth() throws IOException {
        while (true) {
            int port = freeTcp();
            try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken for UDP: the next one.
            }
        }
    }

    @Override
    public void close() {
        seen.close();
        gateway.destroy();
        try {
            if (!gateway.waitFor(15, TimeUnit.SECONDS)) {
                gateway.destroyForcibly();
            }
        } catch (InterruptedException e) {
            gateway.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        redis.close();
    }

    /** A bench has no Maven to bring the embedded one, and names the machine's. */
    private static OwnRedis redis() {
        String program = System.getProperty("bench.redis");
        return program == null ? OwnRedis.start() : OwnRedis.start(Path.of(program));
    }
}
