package io.segue.it;

import static org.junit.jupiter.api.Assumptions.abort;

import io.segue.bench.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code ./mvnw quarkus:dev} as a newcomer starts it, in a copy of what git has and nothing else, on free ports. */
final class DevMode implements AutoCloseable {
    private static final long READY_SECONDS = 240;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REDIS =
            Pattern.compile("Started a Redis of our own at redis://127\\.0\\.0\\.1:(\\d+)");
    // Maven's sentences, and those of Quarkus, which resolves dev mode's own artifacts.
    private static final Pattern UNRESOLVED = Pattern.compile(
            "Could not transfer artifact|could not be resolved|Failed to resolve|in offline mode|UnknownHostException");

    private final Path tree;
    private final Path log;
    private final Process maven;
    private final int http;
    private final InetSocketAddress sip;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private DevMode(Path tree, Path log, Process maven, int http, InetSocketAddress sip) {
        this.tree = tree;
        this.log = log;
        this.maven = maven;
        this.http = http;
        this.sip = sip;
    }

    /**
     * Starts it and waits until it is ready; skips the test where Maven has no way to what dev mode needs.
     *
     * @param tree an empty directory, for the copy
     */
    static DevMode start(Path tree) throws IOException {
        for (String part : List.of("mvnw", "pom.xml", ".mvn", "src")) {
            copy(Path.of(part), tree.resolve(part));
        }
        Path log = Files.createDirectories(Path.of("target", "it", "dev")).resolve("dev.log");
        int http = GatewayProcess.freeTcp();
        int sip = GatewayProcess.freeBoth();
        int media = 10_000 + 100 * ThreadLocalRandom.current().nextInt(100);
        List<String> command = new ArrayList<>(List.of("./mvnw", "-B", "-ntp"));
        if (Boolean.getBoolean("segue.maven.offline")) {
            command.add("-o");
        }
        String repository = System.getProperty("localRepository", "");
        if (!repository.isEmpty()) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        command.addAll(List.of("-Ddebug=false", "quarkus:dev"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("QUARKUS_HTTP_PORT", "" + http);
        builder.environment().put("SEGUE_SIP_PORT", "" + sip);
        builder.environment().put("QUARKUS_QUINOA_DEV_SERVER_PORT", "" + GatewayProcess.freeTcp());
        builder.environment().put("SEGUE_MEDIA_PORTS", media + "-" + (media + 99));
        Process maven = builder.directory(tree.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        DevMode mode = new DevMode(tree, log, maven, http, new InetSocketAddress(loopback, sip));
        try {
            mode.awaitReady();
            return mode;
        } catch (Throwable e) {
            mode.close();
            throw e;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(DevMode::isSource).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** Not what npm has made of the console. */
    private static boolean isSource(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .map(Path::toString)
                .noneMatch(name -> name.equals("node_modules") || name.equals("dist"));
    }

    private void awaitReady() throws IOException {
        Until.holds("dev mode ready, or ended; its log is " + log, READY_SECONDS, () -> !maven.isAlive() || ready());
        if (!maven.isAlive()) {
            List<String> unresolved = Files.readAllLines(log).stream()
                    .filter(line -> UNRESOLVED.matcher(line).find())
                    .limit(1)
                    .toList();
            if (!unresolved.isEmpty()) {
                abort("dev mode needs more than ./mvnw verify has fetched; ./mvnw quarkus:dev fetches it once, with a"
                        + " network. Maven says: " + unresolved.getFirst());
            }
            throw new AssertionError("dev mode ended by itself; its log is " + log);
        }
    }

    private boolean ready() {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    HttpResponse<String> get(String path) throws IOException {
        return send(request(path).GET());
    }

    /** As curl's {@code -d} sends it; an empty one as curl's {@code -X POST} alone. */
    HttpResponse<String> post(String path, String body) throws IOException {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(body.isEmpty() ? request : request.header("Content-Type", "application/x-www-form-urlencoded"));
    }

    HttpResponse<String> put(String path, String document) throws IOException {
        return send(request(path)
                .PUT(HttpRequest.BodyPublishers.ofString(document))
                .header("Content-Type", "application/json"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http + path))
                .timeout(PATIENCE);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where it takes calls. */
    InetSocketAddress sip() {
        return sip;
    }

    /** Where its REST interface is. */
    int http() {
        return http;
    }

    /** Changes a text in a file of the copy, as an editor does. */
    void edit(String file, String from, String to) throws IOException {
        Path path = tree.resolve(file);
        String text = Files.readString(path);
        if (!text.contains(from)) {
            throw new AssertionError(file + " has no " + from);
        }
        Files.writeString(path, text.replace(from, to));
    }

    /** The ports of every Redis it has started so far, by its log. */
    List<Integer> redisPorts() throws IOException {
        return REDIS.matcher(Files.readString(log))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
    }

    /** The redis-servers that are alive below it. */
    List<ProcessHandle> redisServers() {
        return processes().stream()
                .filter(process -> process.info().command().orElse("").contains("redis"))
                .toList();
    }

    /** Maven and all that it has started. */
    List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(maven.toHandle()), maven.descendants()).toList();
    }

    /** Ends it as a terminal that closes would: Maven is told, and tells the rest. */
    void end() {
        maven.destroy();
    }

    /** Ends whatever is left of it. */
    @Override
    public void close() {
        client.shutdownNow();
        List<ProcessHandle> all = processes();
        Programs.end(maven);
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
